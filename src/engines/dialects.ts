import type { BuildRequest, EngineName } from './engine.ts';

/** What differs between the engines' command lines; everything else about them is the same. */
export interface Dialect {
  /** Makes the client talk to what does the work, and prints little. */
  readonly probe: readonly string[];
  buildArguments(request: BuildRequest, idFile: string, buildKit: boolean): string[];
  pushArguments(target: PushArguments): string[];
  /** Digest in what a push printed, for engines that write no file; null when it is not there. */
  digestIn(output: string): string | null;
}

export interface PushArguments {
  readonly reference: string;
  /** Where the engine may write the digest. */
  readonly digestFile: string;
  /** The registry is on this machine, where plain HTTP is nothing to refuse. */
  readonly loopback: boolean;
}

export const dialects: Readonly<Record<EngineName, Dialect>> = {
  docker: {
    probe: ['version', '--format', '{{.Server.Version}}'],
    buildArguments: (request, idFile, buildKit) => [
      'build',
      ...(buildKit ? ['--progress=plain'] : []),
      ...commonBuildArguments(request, idFile),
    ],
    pushArguments: ({ reference }) => ['push', reference],
    digestIn: (output) => lastMatch(output, /digest: (sha256:[0-9a-f]{64})/g),
  },
  podman: {
    probe: ['info', '--format', '{{.Version.Version}}'],
    buildArguments: (request, idFile) => ['build', ...commonBuildArguments(request, idFile)],
    pushArguments: ({ reference, digestFile, loopback }) => [
      'push',
      `--digestfile=${digestFile}`,
      ...(loopback ? ['--tls-verify=false'] : []),
      reference,
    ],
    digestIn: () => null,
  },
  nerdctl: {
    probe: ['info', '--format', '{{.ServerVersion}}'],
    buildArguments: (request, idFile) => [
      'build',
      '--progress=plain',
      ...commonBuildArguments(request, idFile),
    ],
    pushArguments: ({ reference }) => ['push', reference],
    digestIn: (output) => lastMatch(output, /(?:manifest|index)-(sha256:[0-9a-f]{64})/g),
  },
};

function commonBuildArguments(request: BuildRequest, idFile: string): string[] {
  return [
    `--file=${request.dockerfile}`,
    `--iidfile=${idFile}`,
    ...request.tags.map((tag) => `--tag=${tag}`),
    ...Object.entries(request.buildArgs ?? {}).map(([key, value]) => `--build-arg=${key}=${value}`),
    ...(request.target === undefined ? [] : [`--target=${request.target}`]),
    ...(request.platform === undefined ? [] : [`--platform=${request.platform}`]),
    request.context,
  ];
}

/** The command line for the log: whatever a build argument carries stays out of it. */
export function loggable(args: readonly string[]): string {
  return args
    .map((arg) => arg.replace(/^(--build-arg=[^=]+=).*$/s, '$1***'))
    .map((arg) => (/^[\w./:@=*,+-]+$/.test(arg) ? arg : JSON.stringify(arg)))
    .join(' ');
}

function lastMatch(text: string, pattern: RegExp): string | null {
  return [...text.matchAll(pattern)].at(-1)?.[1] ?? null;
}
