import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PAUSE } from './images.ts';
import type { ClusterPrograms } from './kubernetes-build.ts';
import { cgroupFolders } from './leftovers.ts';
import { freeSubnet } from './ports.ts';
import type { Run } from './runs.ts';

export interface NodeOptions {
  readonly run: Run;
  readonly programs: ClusterPrograms;
  /** Where the sandbox image is pulled from. */
  readonly registry: string;
  readonly kubeletPort: number;
}

/** Starts containerd and the kubelet of a real node named `localhost`, in namespaces of their own. */
export async function startNode({ run, programs, registry, kubeletPort }: NodeOptions): Promise<void> {
  await mkdir(join(run.folder, 'cni'));
  await writeFile(join(run.folder, 'cni', '10-bench.conflist'), networkConfig(run.bridge));
  await writeFile(join(run.folder, 'containerd.toml'), containerdConfig(run.folder, programs.node, registry));
  await writeFile(join(run.folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
  await writeFile(join(run.folder, 'kubelet.yaml'), kubeletConfig(run, kubeletPort));
  await makeCgroup(run.cgroup);
  run.start('node', 'unshare', [
    ...['--mount', '--propagation', 'slave', '--pid', '--fork', '--kill-child', '--mount-proc'],
    ...[join(import.meta.dirname, 'node', 'init.sh'), run.folder, programs.node, programs.kube],
  ]);
}

/** Pods reach each other and the host over a bridge of this run; they have no way out. */
function networkConfig(bridge: string): string {
  const ipam = {
    type: 'host-local',
    ranges: [[{ subnet: `${freeSubnet()}.0/24` }]],
    routes: [{ dst: '0.0.0.0/0' }],
  };
  return JSON.stringify({
    cniVersion: '1.0.0',
    name: 'bench',
    plugins: [{ type: 'bridge', bridge, isGateway: true, ipam }],
  });
}

/** containerd speaks plain HTTP to registries on loopback by itself, whatever their port. */
function containerdConfig(folder: string, programs: string, registry: string): string {
  return `version = 3
root = "${folder}/containerd"
state = "${folder}/containerd-state"
disabled_plugins = ["io.containerd.internal.v1.opt"]
[grpc]
  address = "${folder}/containerd.sock"
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "${registry}/${PAUSE.reference}"
[plugins."io.containerd.cri.v1.runtime"]
  # Lowering a score wants a capability that a machine inside a machine may lack.
  restrict_oom_score_adj = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["${programs}/cni"]
  conf_dir = "${folder}/cni"
`;
}

function kubeletConfig(run: Run, port: number): string {
  return JSON.stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: '127.0.0.1',
    port,
    healthzPort: 0,
    containerRuntimeEndpoint: `unix://${run.folder}/containerd.sock`,
    resolvConf: join(run.folder, 'resolv.conf'),
    // A root of its own: a kubelet removes the pods' groups that it does not know, and there may be several.
    cgroupRoot: `/${run.cgroup}`,
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    localStorageCapacityIsolation: false,
    makeIPTablesUtilChains: false,
    evictionHard: {
      'memory.available': '50Mi',
      'nodefs.available': '1%',
      'nodefs.inodesFree': '1%',
      'imagefs.available': '1%',
    },
    clusterDNS: ['10.96.0.10'],
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
  });
}

/** The kubelet wants the root of its groups to be there, with its controllers. */
async function makeCgroup(name: string): Promise<void> {
  for (const folder of cgroupFolders(name)) {
    await mkdir(folder, { recursive: true });
    await fillCpuset(folder);
    await delegate(folder);
  }
}

/** With cgroup v1 a new cpuset is empty, and an empty one takes no process. */
async function fillCpuset(folder: string): Promise<void> {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    const own = join(folder, file);
    if (!existsSync(own) || existsSync(join(folder, 'cgroup.controllers'))) continue;
    await writeFile(own, await readFile(join(folder, '..', file)));
  }
}

/** With cgroup v2 a group has the controllers that its parent passes on. */
async function delegate(folder: string): Promise<void> {
  for (const group of [join(folder, '..'), folder]) {
    const file = join(group, 'cgroup.controllers');
    if (!existsSync(file)) return;
    const controllers = (await readFile(file, 'utf8')).trim().split(/\s+/).filter(Boolean);
    await writeFile(join(group, 'cgroup.subtree_control'), controllers.map((name) => `+${name}`).join(' '));
  }
}
