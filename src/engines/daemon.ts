import { readFile, stat } from 'node:fs/promises';
import { message, type Message } from '../core/index.ts';
import type { EngineName } from './engine.ts';
import { EngineError } from './errors.ts';
import { outputLines } from './output.ts';

const noDaemon =
  /^(?:ERROR: |Error: |FATA\[\d+\] )?(?:Cannot connect to the Docker daemon|error during connect|failed to connect to the docker API|Cannot connect to Podman|unable to connect to Podman|failed to dial gRPC: cannot connect to the Docker daemon|cannot access containerd socket|rootless containerd not running)/i;
const socketDenied =
  /permission denied.*?unix:\/\/(\/[^\s:]+)|dial unix (\/[^\s:]+): connect: permission denied/i;
const tooOld = /client version (\d[\d.]*\d) is too old\. Minimum supported API version is (\d[\d.]*\d)/;
const tooNew = /client version (\d[\d.]*\d) is too new\. Maximum supported API version is (\d[\d.]*\d)/;

/**
 * Whether a client's failure is about the daemon behind it rather than about what was asked. Only the last lines
 * count: what a build printed before may quote anything.
 */
export async function daemonTrouble(
  name: EngineName,
  output: string,
  env: NodeJS.ProcessEnv,
): Promise<EngineError | null> {
  const last = outputLines(output).slice(-3);
  const text = last.join('\n');
  const versions = versionTrouble(name, text);
  if (versions !== null) return new EngineError('incompatible', versions, { output });
  const denied = socketDenied.exec(text);
  const socket = denied?.[1] ?? denied?.[2];
  if (socket !== undefined && last.some((line) => /docker|podman|containerd/i.test(line))) {
    return new EngineError('permissionDenied', await socketSentence(socket), { output });
  }
  if (!last.some((line) => noDaemon.test(line))) return null;
  return new EngineError('notRunning', notRunningSentence(name, addressIn(text), env), { output });
}

function versionTrouble(name: EngineName, text: string): Message | null {
  const [, old, minimum] = tooOld.exec(text) ?? [];
  if (old !== undefined && minimum !== undefined) {
    return message(
      'This {0} speaks API {1}, and its daemon wants {2} or newer. Update {0}, or unset DOCKER_API_VERSION.',
      name,
      old,
      minimum,
    );
  }
  const [, recent, maximum] = tooNew.exec(text) ?? [];
  if (recent !== undefined && maximum !== undefined) {
    return message(
      'This {0} speaks API {1}, and its daemon knows {2} at most. Update the daemon, or unset DOCKER_API_VERSION.',
      name,
      recent,
      maximum,
    );
  }
  return null;
}

function addressIn(text: string): string | null {
  return /((?:unix|tcp|npipe|ssh|https?):\/\/[^\s"';]*[^\s"';:.,])/.exec(text)?.[1] ?? null;
}

/** What starts the daemon depends on where it lives: a service on Linux, a desktop program elsewhere. */
export function notRunningSentence(
  name: EngineName,
  address: string | null,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Message {
  if (name === 'podman') {
    return message('podman does not answer. Start its machine (podman machine start), then try again.');
  }
  if (name === 'nerdctl') {
    return message('containerd does not answer. Start it (sudo systemctl start containerd), then try again.');
  }
  const host = env['DOCKER_HOST'];
  if (host !== undefined && host !== '') {
    return message(
      'No docker daemon answers at {0}. Start it, or correct DOCKER_HOST, then try again.',
      address ?? host,
    );
  }
  if (platform !== 'linux') {
    return message('docker is installed, but not running. Start Docker Desktop, then try again.');
  }
  return message(
    'docker is installed, but its daemon is not running. Start it (sudo systemctl start docker), then try again.',
  );
}

async function socketSentence(socket: string): Promise<Message> {
  const group = await groupOf(socket);
  if (group === null || group === 'root') {
    return message(
      'Only root may use {0}. Give the socket to a group of yours (dockerd --group), then try again.',
      socket,
    );
  }
  return message(
    'You may not use {0}: it is for group {1}. Join it (sudo usermod -aG {1} $USER), log in again, then try again.',
    socket,
    group,
  );
}

/** Name of the group a file belongs to; its number when it has no name, null when the file cannot be seen. */
async function groupOf(file: string): Promise<string | null> {
  try {
    const { gid } = await stat(file);
    const groups = (await readFile('/etc/group', 'utf8')).split('\n').map((line) => line.split(':'));
    return groups.find(([, , id]) => id === String(gid))?.[0] ?? String(gid);
  } catch {
    // The folder above the socket is closed to this user as well: nothing more can be said.
    return null;
  }
}
