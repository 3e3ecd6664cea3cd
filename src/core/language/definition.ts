import type { ObjectFacts, PortFacts } from '../workspace/facts.ts';
import { isOwnName, isSameObject, type NameIndex, type Occurrence } from './references-index.ts';
import type { ObjectName } from './references-names.ts';

/** Where what a name stands for is defined: none if nobody does, several if it cannot be told which is meant. */
export function definitionsOf(index: NameIndex, name: Occurrence): readonly Occurrence[] {
  const { home } = name;
  switch (name.of) {
    case 'object':
      return objectsCalled(index, name.object);
    case 'key':
    case 'servicePort':
      return firstFound(
        () => definedAs(index, name),
        () => (name.of === 'servicePort' ? servicePorts(index, name) : []),
        () => objectsCalled(index, name.object),
      );
    case 'volume':
      return definedAs(index, name);
    case 'containerPort':
      return firstFound(
        () => definedAs(index, name),
        () => (home === null ? [] : portsOf(home, name.name, name)),
      );
    case 'podPort':
      return (home === null ? [] : index.podsChosenBy(home)).flatMap((owner) =>
        owner.home === null ? [] : portsOf(owner.home, name.name, owner),
      );
    case 'selection':
      return home === null ? [] : chosenBy(index, name, home);
    case 'labels':
      return home === null ? [] : selectorsOf(index, home);
    case 'file':
      return [];
  }
}

/** Selectors of other objects that choose the pods of an object. */
export function selectorsOf(index: NameIndex, owner: ObjectFacts): readonly Occurrence[] {
  return [...index.selectionsOf(owner)].map(([one, { range }]) => one.at(range));
}

function firstFound(...searches: readonly (() => readonly Occurrence[])[]): readonly Occurrence[] {
  for (const search of searches) {
    const found = search();
    if (found.length > 0) return found;
  }
  return [];
}

function definedAs(index: NameIndex, name: Occurrence): readonly Occurrence[] {
  return [...index.same(name)].filter(({ use }) => use.defines);
}

function objectsCalled(index: NameIndex, object: ObjectName): readonly Occurrence[] {
  return [...index.called(object.name)].filter(
    (one) => isOwnName(one.use) && isSameObject(one.object, object),
  );
}

/** A Service's ports by number: these have no names, or are not called by them. */
function servicePorts(index: NameIndex, { name, object }: Occurrence): readonly Occurrence[] {
  return objectsCalled(index, object).flatMap((one) =>
    numbered(one.home?.ports ?? [], name).map(({ range }) => one.at(range)),
  );
}

/** Ports of an object's containers, by name or number; `place` is in the same document. */
function portsOf({ localNames, pod }: ObjectFacts, port: string, place: Occurrence): readonly Occurrence[] {
  const named = localNames.filter((one) => one.of === 'containerPort' && one.defines && one.name === port);
  const found = [...named, ...(pod?.containers ?? []).flatMap((one) => numbered(one.ports, port))];
  return found.map(({ range }) => place.at(range));
}

function numbered(ports: readonly PortFacts[], name: string): readonly PortFacts[] {
  return ports.filter(({ number }) => number !== null && String(number) === name);
}

/** A workload's own selector leads to the labels it asks for; that of others to what makes the pods. */
function chosenBy(index: NameIndex, name: Occurrence, home: ObjectFacts): readonly Occurrence[] {
  const own = home.selections.some(({ path, by }) => path === name.name && by === 'workload');
  if (!own || home.pod === null) return index.podsChosenBy(home, name.name);
  return [name.at(home.pod.labelsRange)];
}
