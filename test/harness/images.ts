import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** A static busybox, from Debian's busybox-static: all that the bench's images hold. */
export const BUSYBOX = '/bin/busybox';
const APPLETS = [
  'cat',
  'date',
  'echo',
  'env',
  'false',
  'head',
  'hostname',
  'httpd',
  'id',
  'kill',
  'ls',
  'nc',
].concat(['ps', 'seq', 'sh', 'sleep', 'tail', 'test', 'top', 'touch', 'tr', 'true', 'vi', 'wget', 'yes']);
const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG = 'application/vnd.docker.container.image.v1+json';
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

export interface Image {
  /** Without the registry: `app:1`. */
  readonly reference: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What the node runs each pod's sandbox from. */
export const PAUSE: Image = { reference: 'pause:1', command: ['/bin/sleep', '2147483647'] };

/** A web server on port 8080 that answers its version, logs it once and ends at once when told to; in two versions. */
const APP: readonly Image[] = ['1', '2'].map((version) => ({
  reference: `app:${version}`,
  command: [
    '/bin/sh',
    '-c',
    'trap "exit 0" TERM; echo "app $VERSION is up"; echo "$VERSION" >/www/index.html; httpd -f -p 8080 -h /www & wait',
  ],
  env: { VERSION: version },
}));

/** What is put beside a container to look into it: a shell. */
const SHELL: Image = { reference: 'shell:1', command: ['/bin/sh'] };
/** One program and nothing else, least of all a shell. */
const BARE: Image = { reference: 'bare:1', command: ['/busybox-alone', 'sleep', '2147483647'] };

/** Pushes the images that pods of the tests are made of: `pause:1`, `app:1`, `app:2`, `shell:1` and `bare:1`. */
export async function pushBenchImages(registry: string): Promise<void> {
  const busybox = await readFile(BUSYBOX);
  const layer = busyboxLayer(busybox);
  for (const image of [PAUSE, ...APP, SHELL]) await pushImage(registry, image, layer);
  await pushImage(registry, BARE, Buffer.concat([...program('busybox-alone', busybox), Buffer.alloc(1024)]));
}

/** Speaks the registry's own API: no engine is needed to fill a registry. */
async function pushImage(registry: string, image: Image, tar: Buffer): Promise<void> {
  const [repository = '', tag = ''] = image.reference.split(':');
  const base = `http://${registry}/v2/${repository}`;
  const layer = gzipSync(tar);
  const config = Buffer.from(JSON.stringify(imageConfig(image, digestOf(tar))));
  for (const blob of [layer, config]) await pushBlob(base, blob);
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: CONFIG, size: config.length, digest: digestOf(config) },
    layers: [{ mediaType: LAYER, size: layer.length, digest: digestOf(layer) }],
  };
  await send('PUT', `${base}/manifests/${tag}`, JSON.stringify(manifest), MANIFEST);
}

function imageConfig(image: Image, diffId: string): object {
  const env = Object.entries({ PATH: '/bin', ...image.env }).map(([name, value]) => `${name}=${value}`);
  return {
    architecture: ARCHITECTURE,
    os: 'linux',
    config: { Env: env, Cmd: image.command },
    rootfs: { type: 'layers', diff_ids: [diffId] },
  };
}

async function pushBlob(base: string, blob: Buffer): Promise<void> {
  const opened = await send('POST', `${base}/blobs/uploads/`);
  const location = new URL(opened.headers.get('location') ?? '', base);
  location.searchParams.set('digest', digestOf(blob));
  await send('PUT', location.href, blob, 'application/octet-stream');
}

async function send(method: string, url: string, body?: string | Buffer, type?: string): Promise<Response> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return response;
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A root file system: busybox, a link to it for each applet, and two folders to write to. */
function busyboxLayer(busybox: Buffer): Buffer {
  return Buffer.concat([
    ...['bin/', 'tmp/', 'www/'].map((name) => tarHeader({ name, type: '5', mode: 0o777 })),
    ...program('bin/busybox', busybox),
    ...APPLETS.map((name) => tarHeader({ name: `bin/${name}`, type: '2', mode: 0o777, link: 'busybox' })),
    Buffer.alloc(1024),
  ]);
}

function program(name: string, bytes: Buffer): readonly Buffer[] {
  return [
    tarHeader({ name, type: '0', mode: 0o755, size: bytes.length }),
    bytes,
    Buffer.alloc(-bytes.length & 511),
  ];
}

interface TarEntry {
  readonly name: string;
  /** 0 file, 2 symbolic link, 5 folder. */
  readonly type: '0' | '2' | '5';
  readonly mode: number;
  readonly size?: number;
  readonly link?: string;
}

/** A header block of the ustar format: fixed fields, numbers in octal, and a sum taken with its own field blank. */
function tarHeader({ name, type, mode, size = 0, link = '' }: TarEntry): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0);
  block.write(octal(mode, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(0, 11), 100);
  block.write(`${' '.repeat(8)}${type}${link}`, 148);
  block.write('ustar\x0000', 257);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return block;
}
