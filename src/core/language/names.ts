import { readPlain } from '../manifest/scalars.ts';
import type { Located, Workspace } from '../workspace/workspace.ts';
import type { Proposal } from './proposal.ts';
import type { Wanted } from './wanted.ts';

/** More than anybody reads: the rest comes with the next letters. */
const MOST = 500;

/** What the workspace has of what is wanted. */
export function proposalsFrom(workspace: Workspace, wanted: Wanted): readonly Proposal[] {
  const found = new Map<string, Proposal>();
  for (const proposal of search(workspace, wanted)) {
    if (found.size >= MOST) break;
    if (!found.has(proposal.label)) found.set(proposal.label, proposal);
  }
  return [...found.values()];
}

function* search(workspace: Workspace, wanted: Wanted): Iterable<Proposal> {
  switch (wanted.what) {
    case 'names':
      for (const kind of wanted.kinds) {
        for (const { facts } of workspace.ofKind(kind)) {
          if (facts.name !== '' && isIn(facts.namespace, wanted.namespace)) yield named(facts.name, kind);
        }
      }
      break;
    case 'keys':
      for (const { facts } of workspace.find(wanted.kind, wanted.name, wanted.namespace))
        for (const { name } of facts.keys) yield named(name, `${wanted.kind} ${wanted.name}`);
      break;
    case 'ports':
      for (const { facts } of workspace.find('Service', wanted.service, wanted.namespace))
        for (const port of facts.ports) {
          const text = wanted.by === 'name' ? port.name : String(port.number ?? '');
          if (text !== '') yield { ...named(text, portText(port)), insert: text };
        }
      break;
    case 'podPorts':
      yield* podPorts(workspace, wanted);
      break;
    case 'labels':
      yield* labels(workspace, wanted);
      break;
    case 'namespaces':
      for (const { facts } of workspace.ofKind('Namespace'))
        if (facts.name !== '') yield named(facts.name, 'Namespace');
      for (const { facts } of workspace.objects()) if (facts.namespace) yield named(facts.namespace, '');
  }
}

function* podPorts(workspace: Workspace, wanted: Extract<Wanted, { what: 'podPorts' }>): Iterable<Proposal> {
  // An empty selector would choose all pods there are.
  if (Object.keys(wanted.selector.matchLabels).length === 0) return;
  for (const located of workspace.podsSelected(wanted.selector, wanted.namespace)) {
    for (const container of located.facts.pod?.containers ?? []) {
      for (const port of container.ports) {
        if (port.name !== '') yield named(port.name, `${ownerText(located)}: ${portText(port)}`);
        if (port.number !== null)
          yield { ...named(String(port.number), ownerText(located)), insert: String(port.number), rank: '2' };
      }
    }
  }
}

function* labels(workspace: Workspace, wanted: Extract<Wanted, { what: 'labels' }>): Iterable<Proposal> {
  for (const located of workspace.objects()) {
    const { pod, namespace } = located.facts;
    if (pod === null || !isIn(namespace, wanted.namespace)) continue;
    for (const [key, value] of Object.entries(pod.labels)) {
      if (wanted.key !== null) {
        if (key === wanted.key) yield named(value, ownerText(located));
      } else if (!wanted.without.includes(key)) {
        const pair = `${scalarText(key)}: ${scalarText(value)}`;
        yield wanted.bare
          ? named(key, ownerText(located))
          : { ...named(pair, ownerText(located)), insert: pair, filter: key };
      }
    }
  }
}

function named(name: string, detail: string): Proposal {
  return { label: name, kind: 'reference', insert: scalarText(name), snippet: false, detail, rank: '1' };
}

function portText({
  number,
  protocol,
}: {
  readonly number: number | null;
  readonly protocol: string;
}): string {
  return `${number ?? ''}/${protocol}`;
}

function ownerText({ facts }: Located): string {
  return `${facts.kind} ${facts.name}`;
}

/** An object without a namespace goes wherever it is deployed to. */
function isIn(namespace: string | null, wanted: string | null): boolean {
  return namespace === null || wanted === null || namespace === wanted;
}

/** A text as YAML keeps it a text: in quotes where it would be read as something else. */
export function scalarText(text: string): string {
  const simple = /^[\w./][\w./@+-]*$/.test(text) && typeof readPlain(text) === 'string';
  return simple ? text : JSON.stringify(text);
}
