/** Where the tests of streams take place. */
import { join } from 'node:path';
import { after } from 'node:test';
import type { Session } from '../../../src/cluster/index.ts';
import { FaultProxy } from '../../harness/proxy.ts';
import { type SharedCluster, sharedCluster } from '../../harness/shared.ts';
import { sessionOf, temporaryFolder, writeKubeconfig } from '../support.ts';

export interface StreamsScene {
  readonly cluster: SharedCluster;
  /** The test file's own, gone with it. */
  readonly namespace: string;
  readonly session: Session;
}

export async function streamsScene(name: string): Promise<StreamsScene> {
  const cluster = await sharedCluster('node');
  const namespace = `${name}-${process.pid}`;
  await cluster.kubectl(['create', 'namespace', namespace]);
  after(async () => {
    await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
    await cluster.release();
  });
  return { cluster, namespace, session: await sessionOf(cluster.kubeconfig) };
}

/** A session of the cluster through something that can fail. */
export async function throughProxy(
  kubeconfig: string,
): Promise<{ readonly proxy: FaultProxy; readonly proxied: Session }> {
  const proxy = await FaultProxy.start(kubeconfig);
  after(() => proxy.stop());
  const file = join(await temporaryFolder(), 'proxied');
  return { proxy, proxied: await sessionOf(await writeKubeconfig(file, { server: proxy.url })) };
}
