/**
 * Stand-ins for kind, k3d and minikube, none of which can run on the machines these tests run on: shell scripts that
 * take the real programs' arguments and print what those print (kind 0.30, k3d 5.8, minikube 1.37). Each writes down
 * how it was called. They keep their clusters in a folder, and write contexts into $KUBECONFIG as the real ones do.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface FakeTools {
  /** An environment whose PATH holds them before anything else. */
  readonly env: NodeJS.ProcessEnv;
  readonly bin: string;
  /** How the programs were called: `kind create cluster --name=dev`. */
  calls(): Promise<readonly string[]>;
  /** What the last call that made a cluster read from standard input. */
  input(): Promise<string>;
  /** Names of the clusters a program has. */
  clusters(tool: string): Promise<readonly string[]>;
  /** From now on calls that make a cluster do this: `fail`, `hang` or `work`. */
  behave(how: 'work' | 'fail' | 'hang'): Promise<void>;
  /** Puts clusters there that nobody made: names as hostile as any. */
  have(tool: string, names: readonly string[]): Promise<void>;
  /** The server the contexts of new clusters point to. */
  serve(server: string): Promise<void>;
}

const head = `#!/bin/sh
here=$(dirname "$0")/..
tool=$(basename "$0")
printf '%s\\n' "$tool $*" >> "$here/calls"
list="$here/$tool.clusters"
touch "$list"
how=$(cat "$here/how")
value() { for a in "$@"; do case $a in "$name"=*) echo "\${a#*=}"; return;; esac; done; }
hang() { sleep 600 & echo $! > "$here/hanging.pid"; wait; }
forget() { grep -vxF -- "$1" "$list" > "$list.new"; mv "$list.new" "$list"; }
merge() { "$here/merge" "$1" "$2" "$3"; }
`;

const scripts: Readonly<Record<string, string>> = {
  kind: `${head}
case "$1 $2" in
  "version ") echo "kind v0.30.0 go1.24.6 linux/amd64";;
  "get clusters") if [ -s "$list" ]; then cat "$list"; else echo "No kind clusters found." >&2; fi;;
  "create cluster")
    name=--name; c=$(value "$@")
    case " $* " in *" --config=- "*) cat > "$here/input";; esac
    echo "Creating cluster \\"$c\\" ..." >&2
    echo " • Ensuring node image (kindest/node:v1.34.0) 🖼  ..." >&2
    echo "$c" >> "$list"
    if [ "$how" = hang ]; then hang; fi
    if [ "$how" = fail ]; then
      echo " ✗ Preparing nodes 📦 " >&2
      echo "ERROR: failed to create cluster: command \\"docker run --name $c-control-plane\\" failed with error: exit status 125" >&2
      exit 1
    fi
    echo " ✓ Starting control-plane 🕹️" >&2
    merge "kind-$c" switch
    echo "Set kubectl context to \\"kind-$c\\"" >&2
    echo "Have a nice day! 👋" >&2;;
  "delete cluster")
    name=--name; c=$(value "$@")
    echo "Deleting cluster \\"$c\\" ..." >&2
    forget "$c"; merge "kind-$c" remove
    echo "Deleted nodes: [\\"$c-control-plane\\"]" >&2;;
  *) echo "ERROR: unknown command \\"$1\\" for \\"kind\\"" >&2; exit 1;;
esac
`,
  k3d: `${head}
case "$1 $2" in
  "version ") printf 'k3d version v5.8.3\\nk3s version v1.31.5-k3s1 (default)\\n';;
  "cluster list")
    out=; while read -r c; do out="$out\${out:+,}{\\"name\\":\\"$c\\",\\"network\\":{\\"name\\":\\"k3d-$c\\"},\\"nodes\\":[],\\"serversRunning\\":1,\\"serversCount\\":1,\\"agentsRunning\\":0,\\"agentsCount\\":0,\\"hasLoadbalancer\\":true}"; done < "$list"
    echo "[$out]";;
  "cluster create")
    c=$3
    printf '\\033[36mINFO\\033[0m[0000] Prep: Network\\n'
    echo "$c" >> "$list"
    if [ "$how" = hang ]; then hang; fi
    if [ "$how" = fail ]; then
      printf '\\033[31mERRO\\033[0m[0001] Failed Cluster Preparation: Failed Network Preparation\\n' >&2
      printf '\\033[31mFATA\\033[0m[0001] Cluster creation FAILED, all changes have been rolled back!\\n' >&2
      forget "$c"; exit 1
    fi
    case " $* " in *" --kubeconfig-switch-context=false "*) merge "k3d-$c" keep;; *) merge "k3d-$c" switch;; esac
    printf "\\033[36mINFO\\033[0m[0015] Cluster '%s' created successfully!\\n" "$c";;
  "cluster delete")
    shift 2
    case $1 in --) shift;; -*) echo "Error: unknown flag: $1" >&2; exit 1;; esac
    forget "$1"; merge "k3d-$1" remove
    echo "INFO[0001] Successfully deleted cluster $1!";;
  *) echo "Error: unknown command" >&2; exit 1;;
esac
`,
  minikube: `${head}
name=--profile; c=$(value "$@")
case "$1" in
  version) echo v1.37.0;;
  profile)
    out=; while read -r c; do out="$out\${out:+,}{\\"Name\\":\\"$c\\",\\"Status\\":\\"Running\\",\\"Config\\":{\\"Name\\":\\"$c\\",\\"Driver\\":\\"docker\\",\\"KubernetesConfig\\":{\\"KubernetesVersion\\":\\"v1.34.0\\"}}}"; done < "$list"
    echo "{\\"invalid\\":[],\\"valid\\":[$out]}";;
  start)
    echo "😄  [$c] minikube v1.37.0 on Debian 12.11"
    echo "$c" >> "$list"
    if [ "$how" = hang ]; then hang; fi
    if [ "$how" = fail ]; then
      echo "❌  Exiting due to PROVIDER_DOCKER_NOT_RUNNING: \\"docker version --format <no value>-<no value>:<no value>\\" exit status 1: Cannot connect to the Docker daemon" >&2
      echo "💡  Suggestion: Start the Docker service" >&2
      exit 69
    fi
    case " $* " in *" --keep-context "*) merge "$c" keep;; *) merge "$c" switch;; esac
    echo "🏄  Done! kubectl is now configured to use \\"$c\\" cluster";;
  delete)
    forget "$c"; merge "$c" remove
    echo "💀  Removed all traces of the \\"$c\\" cluster.";;
  *) echo "unknown command" >&2; exit 64;;
esac
`,
};

/** Changes $KUBECONFIG as the programs do: adds a context (`switch`, `keep`) or takes it away (`remove`). */
const merge = (node: string): string => `#!/bin/sh
exec "${node}" "$(dirname "$0")/merge.cjs" "$@"
`;

const mergeCode = `const fs = require('node:fs');
const path = require('node:path');
const [name, how] = process.argv.slice(2);
const file = process.env.KUBECONFIG;
const config = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { apiVersion: 'v1', kind: 'Config' };
const server = fs.readFileSync(path.join(__dirname, 'server'), 'utf8');
for (const list of ['clusters', 'users', 'contexts']) config[list] = (config[list] ?? []).filter((entry) => entry.name !== name);
if (how === 'remove') {
  if (config['current-context'] === name) config['current-context'] = '';
} else {
  config.clusters.push({ name, cluster: { server } });
  config.users.push({ name, user: { token: 't' } });
  config.contexts.push({ name, context: { cluster: name, user: name } });
  if (how === 'switch') config['current-context'] = name;
}
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
`;

/** Puts the stand-ins into a folder. `tools` names those that are installed. */
export async function fakeTools(
  folder: string,
  tools: readonly string[] = Object.keys(scripts),
): Promise<FakeTools> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const put = async (path: string, text: string): Promise<void> => {
    await writeFile(join(folder, path), text);
    await chmod(join(folder, path), 0o755);
  };
  for (const tool of tools) await put(join('bin', tool), scripts[tool] ?? '');
  await put('merge', merge(process.execPath));
  await put('merge.cjs', mergeCode);
  await put('how', 'work');
  await put('server', 'https://127.0.0.1:9');
  await put('calls', '');
  const lines = async (path: string): Promise<readonly string[]> =>
    (await readFile(join(folder, path), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  return {
    bin,
    env: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder },
    calls: () => lines('calls'),
    input: () => readFile(join(folder, 'input'), 'utf8'),
    clusters: (tool) => lines(`${tool}.clusters`),
    behave: (how) => put('how', how),
    have: (tool, names) => put(`${tool}.clusters`, names.map((name) => `${name}\n`).join('')),
    serve: (server) => put('server', server),
  };
}
