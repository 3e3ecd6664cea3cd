/** What `elastic lint --help` prints. */
export const lintUsage = `Usage: elastic lint [options] [paths…]

Checks Kubernetes manifests. A path is a file, a folder (every .yaml and .yml file below it), a glob
pattern (quote it, and it works in every shell), or - for standard input; !pattern takes files away.
Without any, the current folder. Left out of folders and patterns is what stands in node_modules, in
.git, or is ignored by git; and everywhere what .elastic.yaml excludes.

What is checked:
      --preset NAME            server-only: an error means that the API server refuses the document
                               recommended: that, and what most people regret (default)
                               strict: what is disputed, too
      --schema-version 1.34    Kubernetes version of the cluster (default: the newest that is known)
      --rule CODE=SEVERITY     error, warning, info, hint or off for one rule; may be repeated
  -c, --config FILE            Settings for all files (default: the nearest .elastic.yaml of each)
      --stdin-filename FILE    What standard input is called: settings are found by it
      --no-gitignore           Check what git ignores, too
      --render                 Check what kustomize or Helm makes of the folders given
      --values FILE            Values for charts that are rendered; may be repeated

What is printed:
  -f, --format NAME            text (default), json, sarif, or github for annotations in a workflow
  -q, --quiet                  Only errors; nothing when there are none
      --explain CODE           The page about a rule
      --list-rules             All rules with what they weigh; --format json for programs

What is done:
      --fix                    Apply the fixes that are safe; standard input is printed fixed
      --dry-run                With --fix: print what would change as a patch, and change nothing
      --max-warnings NUMBER    Fail when there are more warnings
  -h, --help                   Show this help

Arguments win over .elastic.yaml. NO_COLOR and FORCE_COLOR are honoured.

Exit code: 0 no errors, 1 errors or too many warnings, 2 wrong usage or files that could not be
checked (all others were).
`;
