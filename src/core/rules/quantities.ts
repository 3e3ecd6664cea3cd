import type { ContainerNode, DocumentNode, PodTemplateNode } from '../manifest/document.ts';
import type { MappingNode, Node } from '../manifest/nodes.ts';
import type { ObjectNode } from '../manifest/objects.ts';
import { joinIndex, joinKey, joinPath } from '../manifest/path.ts';
import { isPlaceholder } from '../manifest/templates.ts';
import { parseQuantity } from '../quantity.ts';
import type { QuantityReading } from '../quantity.ts';
import { quantityText } from '../schema/scalars.ts';

/** A place where Kubernetes expects a quantity and the manifest has something. */
export interface QuantityField {
  readonly node: Node;
  readonly path: string;
  /** What is measured: `memory`, `cpu`, `storage`, `requests.cpu`, `sizeLimit` …; `''` for a plain number. */
  readonly resource: string;
  /** The text the API server would read; null for a mapping, a list or a boolean. */
  readonly text: string | null;
  readonly reading: QuantityReading;
  /** Resources of a container or a pod, and sizes of its volumes: they must not be negative. */
  readonly ofPod: boolean;
}

/** Every quantity of a document. What is empty or filled in later by a template is left out. */
export function collectQuantities(document: DocumentNode): readonly QuantityField[] {
  const fields = new Collector();
  for (const container of document.containers) fields.container(container);
  for (const pod of document.podTemplates) fields.pod(pod);
  for (const object of document.objects) fields.object(object);
  return fields.found;
}

class Collector {
  readonly found: QuantityField[] = [];

  container({ node, path }: ContainerNode): void {
    this.#resources(node, path, true);
    node.sequence('env')?.items.forEach((variable, index) => {
      if (variable.type !== 'mapping') return;
      const reference = variable.mapping('valueFrom')?.mapping('resourceFieldRef');
      if (!reference) return;
      const at = `${joinIndex(`${path}.env`, index)}.valueFrom.resourceFieldRef`;
      this.#field(reference, 'divisor', at, '');
    });
  }

  pod({ spec, specPath }: PodTemplateNode): void {
    if (spec === null) return;
    this.#resources(spec, specPath, true);
    this.#list(spec, 'overhead', specPath, true);
    spec.sequence('volumes')?.items.forEach((volume, index) => {
      if (volume.type !== 'mapping') return;
      const path = joinIndex(`${specPath}.volumes`, index);
      const emptyDir = volume.mapping('emptyDir');
      if (emptyDir) this.#field(emptyDir, 'sizeLimit', `${path}.emptyDir`, 'sizeLimit');
      const claim = volume.mapping('ephemeral')?.mapping('volumeClaimTemplate')?.mapping('spec');
      if (claim) this.#resources(claim, `${path}.ephemeral.volumeClaimTemplate.spec`, false);
    });
  }

  object({ kind, apiVersion, node, path }: ObjectNode): void {
    const spec = node.mapping('spec');
    if (spec === null) return;
    const at = joinPath(path, 'spec');
    const core = apiVersion === 'v1';
    if (core && kind === 'PersistentVolumeClaim') this.#resources(spec, at, false);
    else if (core && kind === 'PersistentVolume') this.#list(spec, 'capacity', at, false);
    else if (core && kind === 'ResourceQuota') this.#list(spec, 'hard', at, false);
    else if (core && kind === 'LimitRange') this.#limitRange(spec, at);
    else if (apiVersion.startsWith('autoscaling/') && kind === 'HorizontalPodAutoscaler')
      this.#metrics(spec, at);
    else if (kind === 'StatefulSet' && apiVersion.startsWith('apps/')) this.#claims(spec, at);
  }

  #claims(spec: MappingNode, path: string): void {
    spec.sequence('volumeClaimTemplates')?.items.forEach((claim, index) => {
      const claimSpec = claim.type === 'mapping' ? claim.mapping('spec') : null;
      if (claimSpec)
        this.#resources(claimSpec, `${joinIndex(`${path}.volumeClaimTemplates`, index)}.spec`, false);
    });
  }

  #limitRange(spec: MappingNode, path: string): void {
    spec.sequence('limits')?.items.forEach((limit, index) => {
      if (limit.type !== 'mapping') return;
      const at = joinIndex(`${path}.limits`, index);
      for (const key of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio']) {
        this.#list(limit, key, at, false);
      }
    });
  }

  #metrics(spec: MappingNode, path: string): void {
    spec.sequence('metrics')?.items.forEach((metric, index) => {
      if (metric.type !== 'mapping') return;
      for (const source of ['resource', 'containerResource', 'pods', 'object', 'external']) {
        const target = metric.mapping(source)?.mapping('target');
        const at = `${joinIndex(`${path}.metrics`, index)}.${source}.target`;
        for (const key of ['averageValue', 'value']) if (target) this.#field(target, key, at, '');
      }
    });
  }

  #resources(owner: MappingNode, path: string, ofPod: boolean): void {
    const resources = owner.mapping('resources');
    if (resources === null) return;
    this.#list(resources, 'requests', `${path}.resources`, ofPod);
    this.#list(resources, 'limits', `${path}.resources`, ofPod);
  }

  #list(owner: MappingNode, key: string, path: string, ofPod: boolean): void {
    const list = owner.mapping(key);
    if (list === null) return;
    const at = `${path}.${key}`;
    for (const entry of list.entries) this.#add(entry.value, joinKey(at, entry.key), entry.key, ofPod);
  }

  #field(owner: MappingNode, key: string, path: string, resource: string): void {
    const value = owner.get(key);
    if (value !== null) this.#add(value, `${path}.${key}`, resource, resource === 'sizeLimit');
  }

  #add(node: Node, path: string, resource: string, ofPod: boolean): void {
    if (node.type === 'scalar' && (node.value === null || isPlaceholder(node.source))) return;
    const text = quantityText(node);
    const reading: QuantityReading = text === null ? { ok: false, problem: 'number' } : parseQuantity(text);
    this.found.push({ node, path, resource, text, reading, ofPod });
  }
}

/** Whether an amount of a resource counts bytes, so that Ki, Mi and Gi are its natural units. */
export function countsBytes(resource: string): boolean {
  const name = resource.replace(/^(?:requests|limits)\./, '');
  return /^(?:memory|storage|ephemeral-storage|sizeLimit|hugepages-.*)$/.test(name);
}
