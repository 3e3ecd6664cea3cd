import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { objectOf, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import type { Health } from '../workload/health.ts';
import { healthOfPhase } from './any.ts';
import { conditionsOf, explanation } from './conditions.ts';
import { partsOf, scalarText, textsIn } from './fields.ts';
import { factsOf, saying, wordsOf } from './summary.ts';
import type { ResourceSummary } from './summary.ts';

const shortModes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** `RWO,ROX`: access modes the way kubectl shortens them. */
function modesText(modes: unknown): string {
  return textsIn(modes)
    .map((mode) => (Object.hasOwn(shortModes, mode) ? (shortModes[mode] ?? mode) : mode))
    .join(',');
}

/** A PersistentVolumeClaim: bound or not, its size, class and modes; a resize under way is told. */
export function summarizeClaim(claim: unknown): ResourceSummary {
  const { metadata, spec, status } = partsOf(claim);
  const phase = textOf(status['phase']) || 'Pending';
  const asked = scalarText(objectOf(objectOf(spec['resources'])['requests'])['storage']);
  const size = scalarText(objectOf(status['capacity'])['storage']);
  const annotated = objectOf(metadata['annotations'])['volume.beta.kubernetes.io/storage-class'];
  const className = textOf(spec['storageClassName']) || textOf(annotated);
  const resize = conditionsOf(claim).find(({ status: state }) => state === 'True') ?? null;
  const isResizing = phase === 'Bound' && resize !== null;
  const isBroken = isResizing && /error/i.test(resize.type);
  return {
    health: isBroken ? 'warning' : isResizing ? 'progressing' : claimHealth(phase),
    words: wordsOf(phase, resized(size, asked), className, modesText(spec['accessModes'])),
    facts: factsOf(
      [message('State'), phase],
      [message('Size'), resized(size, asked)],
      [message('Storage class'), className],
      [message('Access modes'), modesText(spec['accessModes'])],
      [message('Volume'), textOf(spec['volumeName'])],
      [message('Volume mode'), textOf(spec['volumeMode'])],
    ),
    reason: isResizing ? saying(explanation(resize)) : claimReason(phase, textOf(spec['volumeName'])),
  };
}

function resized(size: string, asked: string): string {
  if (size === '' || asked === '' || size === asked) return size || asked;
  return `${size} → ${asked}`;
}

function claimHealth(phase: string): Health {
  return phase === 'Lost' ? 'failed' : healthOfPhase(phase);
}

function claimReason(phase: string, volume: string): Message | null {
  if (phase === 'Lost') return message('Its volume {0} is gone, and its data with it', volume);
  return phase === 'Pending' ? message('No volume is bound to it yet') : null;
}

/** A PersistentVolume: its state, size, class and the claim it belongs to. */
export function summarizeVolume(volume: unknown): ResourceSummary {
  const { spec, status } = partsOf(volume);
  const phase = textOf(status['phase']) || 'Pending';
  const claim = objectOf(spec['claimRef']);
  const owner = textOf(claim['name']) === '' ? '' : `${textOf(claim['namespace'])}/${textOf(claim['name'])}`;
  const size = scalarText(objectOf(spec['capacity'])['storage']);
  const policy = textOf(spec['persistentVolumeReclaimPolicy']);
  return {
    health: phase === 'Available' ? 'idle' : phase === 'Released' ? 'warning' : healthOfPhase(phase),
    words: wordsOf(phase, size, owner, textOf(spec['storageClassName'])),
    facts: factsOf(
      [message('State'), phase],
      [message('Size'), size],
      [message('Claim'), owner],
      [message('Storage class'), textOf(spec['storageClassName'])],
      [message('Access modes'), modesText(spec['accessModes'])],
      [message('When released'), policy],
      [message('Source'), sourceOf(spec)],
    ),
    reason: volumeReason(phase, policy, textOf(status['message']) || textOf(status['reason'])),
  };
}

function volumeReason(phase: string, policy: string, said: string): Message | null {
  if (said !== '') return saying(said);
  if (phase !== 'Released') return null;
  return policy === 'Retain'
    ? message('Its claim is gone; its data is kept until somebody deletes the volume')
    : message('Its claim is gone; it waits to be reclaimed');
}

/** The one field of a volume that says what is behind it: `csi ebs.csi.aws.com`, `hostPath /data`. */
function sourceOf(spec: Json): string {
  const csi = objectOf(spec['csi']);
  if (textOf(csi['driver']) !== '') return `csi ${textOf(csi['driver'])}`;
  for (const name of ['hostPath', 'local', 'nfs', 'iscsi', 'fc'] as const) {
    const source = spec[name];
    if (source === undefined || source === null) continue;
    const { path, server } = objectOf(source);
    return [name, textOf(server), textOf(path)].filter((part) => part !== '').join(' ');
  }
  return '';
}

/** A StorageClass: whether it is the default, who provisions, and when a volume is bound. */
export function summarizeStorageClass(object: unknown): ResourceSummary {
  const { root, metadata } = partsOf(object);
  const annotations = objectOf(metadata['annotations']);
  const isDefault = ['storageclass.kubernetes.io/', 'storageclass.beta.kubernetes.io/'].some(
    (prefix) => annotations[`${prefix}is-default-class`] === 'true',
  );
  const provisioner = textOf(root['provisioner']);
  const policy = textOf(root['reclaimPolicy']) || 'Delete';
  const binding = textOf(root['volumeBindingMode']) || 'Immediate';
  return {
    health: 'healthy',
    words: wordsOf(isDefault ? message('default') : null, provisioner, policy, binding),
    facts: factsOf(
      [message('Default'), isDefault ? message('yes') : null],
      [message('Provisioner'), provisioner],
      [message('When released'), policy],
      [message('Binding'), binding],
      [message('Can grow'), root['allowVolumeExpansion'] === true ? message('yes') : message('no')],
    ),
    reason: null,
  };
}

/** A VolumeAttachment: a volume on its way to a node, there, or refused. */
export function summarizeAttachment(attachment: unknown): ResourceSummary {
  const { spec, status } = partsOf(attachment);
  const problem =
    textOf(objectOf(status['detachError'])['message']) || textOf(objectOf(status['attachError'])['message']);
  const isAttached = status['attached'] === true;
  const volume = textOf(objectOf(spec['source'])['persistentVolumeName']);
  const state = isAttached ? message('attached') : message('not attached');
  return {
    health: problem !== '' ? 'failed' : isAttached ? 'healthy' : 'progressing',
    words: wordsOf(state, volume, textOf(spec['nodeName'])),
    facts: factsOf(
      [message('State'), state],
      [message('Volume'), volume],
      [message('Node'), textOf(spec['nodeName'])],
      [message('Attacher'), textOf(spec['attacher'])],
    ),
    reason: saying(problem),
  };
}
