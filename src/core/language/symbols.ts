import type { Analysis, ManifestDocument } from '../analysis/analysis.ts';
import type { TextRange } from '../finding.ts';
import type { Field } from '../schema/field.ts';
import { podOf } from '../workspace/collect.ts';

export type SymbolKind = 'object' | 'container' | 'volume' | 'port' | 'variable' | 'key' | 'rule' | 'part';

/** A part of a file that has a name, for outlines. Offsets count from the start of the file. */
export interface ManifestSymbol {
  readonly name: string;
  /** What stands behind the name; `''` for nothing. */
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly range: TextRange;
  /** What is selected when a person goes there; lies inside of `range`. */
  readonly selection: TextRange;
  readonly children: readonly ManifestSymbol[];
}

/** More than a person looks through; a generated file would hold up the editor. */
const MOST_OBJECTS = 5000;

/** Every object of a file, with the parts people look for. */
export function symbolsOf({ documents }: Analysis): readonly ManifestSymbol[] {
  const symbols: ManifestSymbol[] = [];
  for (const document of documents) {
    for (const root of document.roots) {
      if (symbols.length >= MOST_OBJECTS) return symbols;
      symbols.push(...new Outline(document).object(root));
    }
  }
  return symbols;
}

interface Naming {
  readonly kind: SymbolKind;
  name(item: Field): string;
  detail?(item: Field): string;
  children?(item: Field): readonly ManifestSymbol[];
}

/** Of the objects of one document. */
class Outline {
  readonly #start: number;
  /** Where what was read ends. */
  readonly #end: number;

  constructor({ range }: ManifestDocument) {
    this.#start = range.start;
    this.#end = range.end;
  }

  object(root: Field): readonly ManifestSymbol[] {
    const kind = textOf(root.get('kind'));
    const metadata = root.get('metadata');
    const name = textOf(metadata.get('name')) || textOf(metadata.get('generateName'));
    const title = [kind, name].filter((text) => text !== '').join('/');
    const detail = textOf(metadata.get('namespace'));
    return this.#symbol(
      root,
      { kind: 'object', name: () => title, detail: () => detail },
      this.#parts(root, kind),
    );
  }

  #parts(root: Field, kind: string): readonly ManifestSymbol[] {
    const pod = podOf(root, textOf(root.get('apiVersion')), kind);
    const ofPod = pod === null ? [] : this.#pod(pod.get('spec'));
    switch (kind) {
      case 'ConfigMap':
      case 'Secret':
        return ['data', 'stringData', 'binaryData'].flatMap((part) => this.#keys(root.get(part)));
      case 'Service':
        return this.#items(root.at('spec.ports'), port);
      case 'Ingress':
        return this.#items(root.at('spec.rules'), {
          kind: 'rule',
          name: (rule) => textOf(rule.get('host')) || '*',
          children: (rule) => this.#items(rule.at('http.paths'), path),
        });
      case 'Role':
      case 'ClusterRole':
        return this.#items(root.get('rules'), role);
      case 'RoleBinding':
      case 'ClusterRoleBinding':
        return this.#items(root.get('subjects'), subject);
      case 'HorizontalPodAutoscaler':
        return this.#items(root.at('spec.metrics'), metric);
      default:
        return pod === null ? this.#fields(root.get('spec')) : ofPod;
    }
  }

  #pod(spec: Field): readonly ManifestSymbol[] {
    return [
      ...['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
        this.#items(spec.get(list), {
          kind: 'container',
          name: (one) => textOf(one.get('name')),
          detail: (one) => textOf(one.get('image')),
          children: (one) => [
            ...this.#items(one.get('ports'), port),
            ...this.#items(one.get('env'), variable),
          ],
        }),
      ),
      ...this.#items(spec.get('volumes'), volume),
    ];
  }

  #items(list: Field, naming: Naming): readonly ManifestSymbol[] {
    return list.items().flatMap((item) => this.#symbol(item, naming, naming.children?.(item) ?? []));
  }

  #keys(mapping: Field): readonly ManifestSymbol[] {
    return mapping
      .entries()
      .flatMap((entry) => this.#symbol(entry, { kind: 'key', name: () => entry.key }, []));
  }

  #fields(mapping: Field): readonly ManifestSymbol[] {
    return mapping
      .entries()
      .flatMap((entry) => this.#symbol(entry, { kind: 'part', name: () => entry.key }, []));
  }

  /** Nothing for what has no name yet, and for what an alias brought in: it stands elsewhere. */
  #symbol(field: Field, naming: Naming, children: readonly ManifestSymbol[]): readonly ManifestSymbol[] {
    const { node, entry, head } = field;
    const name = naming.name(field);
    if (node === null || name === '' || entry?.inherited === true) return [];
    const start = entry?.keyRange.start ?? node.range.start;
    const end = Math.max(node.range.start >= start ? node.range.end : head.end, head.end);
    const inside = head.start >= start && head.end <= end;
    const range = this.#shift({ start, end });
    const selection = inside ? this.#shift(head) : range;
    const detail = naming.detail?.(field) ?? '';
    return [{ name, detail, kind: naming.kind, range, selection, children }];
  }

  #shift({ start, end }: TextRange): TextRange {
    return { start: start + this.#start, end: Math.min(end + this.#start, this.#end) };
  }
}

const port: Naming = {
  kind: 'port',
  name: (one) => {
    const name = textOf(one.get('name'));
    const number = one.get('containerPort').number() ?? one.get('port').number();
    return [name, number === null ? '' : String(number)].filter((text) => text !== '').join(' ');
  },
  detail: (one) => textOf(one.get('protocol')),
};

const variable: Naming = {
  kind: 'variable',
  name: (one) => textOf(one.get('name')),
  detail: (one) => one.get('value').text() ?? '',
};

const volume: Naming = {
  kind: 'volume',
  name: (one) => textOf(one.get('name')),
  detail: (one) => one.entries().find(({ key }) => key !== 'name')?.key ?? '',
};

const path: Naming = {
  kind: 'part',
  name: (one) => textOf(one.get('path')) || '/',
  detail: (one) => textOf(one.at('backend.service.name')),
};

const role: Naming = {
  kind: 'rule',
  name: (one) => textsOf(one.get('resources')) || textsOf(one.get('nonResourceURLs')),
  detail: (one) => textsOf(one.get('verbs')),
};

const subject: Naming = {
  kind: 'part',
  name: (one) => textOf(one.get('name')),
  detail: (one) => textOf(one.get('kind')),
};

const metric: Naming = {
  kind: 'part',
  name: (one) => textOf(one.at('resource.name')) || textOf(one.get('type')),
  detail: (one) => String(one.at('resource.target.averageUtilization').number() ?? ''),
};

function textOf(field: Field): string {
  return field.text() ?? '';
}

function textsOf(list: Field): string {
  return list
    .items()
    .map(textOf)
    .filter((text) => text !== '')
    .join(', ');
}
