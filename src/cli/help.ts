/** What `elastic --help` prints. Every line of these pages fits into 80 columns. */
export const usage = `Usage: elastic <command>

Commands:
  lint [paths…]     Check Kubernetes manifests
  lsp --stdio       Run the language server for an editor
  help [command]    Show what a command can do

Options:
  -h, --help        Show this help
  -v, --version     Show the version

Exit code: 0 all is well, 1 errors were found, 2 it could not run.
`;

/** What `elastic lint --help` prints. */
export const lintUsage = `Usage: elastic lint [options] [paths…]

Checks Kubernetes manifests. A path is a file, a folder (every .yaml and .yml
file below it), a glob pattern (quote it, and it works in every shell), or -
for standard input; !pattern takes files away. Without any, the current folder.
Folders and patterns leave out what stands in node_modules or .git, or is
ignored by git; and .elastic.yaml may exclude files, too.

What is checked:
      --preset NAME          server-only: an error means that the API server
                                 refuses the document
                             recommended: that, and what most people regret
                                 (default)
                             strict: what is disputed, too
      --schema-version 1.34  Kubernetes version of the cluster (default: the
                             newest that is known)
      --rule CODE=SEVERITY   error, warning, info, hint or off for one rule;
                             may be repeated
  -c, --config FILE          Settings for all files (default: the nearest
                             .elastic.yaml of each)
      --stdin-filename FILE  What standard input is called: settings are found
                             by it
      --no-gitignore         Check what git ignores, too
      --render               Check what kustomize or Helm makes of the folders
      --values FILE          Values for charts that are rendered; may be
                             repeated, the last wins

What is printed:
  -f, --format NAME          text (default), json, sarif, or github for
                             annotations in a workflow
  -q, --quiet                Only errors; nothing when there are none
      --explain CODE         The page about a rule
      --list-rules           All rules with what they weigh here; as JSON with
                             --format json

What is done:
      --fix                  Apply the fixes that are safe; standard input is
                             printed fixed
      --dry-run              With --fix: print a patch, and change nothing
      --max-warnings NUMBER  Fail when there are more warnings
  -h, --help                 Show this help

Arguments win over .elastic.yaml. NO_COLOR and FORCE_COLOR are honoured.

Exit code:
  0  no errors
  1  errors, or more warnings than --max-warnings allows
  2  wrong usage, or something could not be checked (all else was)
`;

/** What `elastic lsp --help` prints. */
export const lspUsage = `Usage: elastic lsp --stdio

Runs the language server: diagnostics, fixes, hover, completion, outline,
definitions, references and rename for Kubernetes manifests, in any editor that
speaks the Language Server Protocol. An editor starts it and needs to pass
nothing; files are checked as the nearest .elastic.yaml says.

Options:
      --stdio    Speak over standard input and output
  -h, --help     Show this help
`;
