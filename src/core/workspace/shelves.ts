import type { ObjectFacts } from './facts.ts';
import { shelf } from './lookup.ts';

/** The shelves an object stands on. */
export function shelvesOf({ kind, name, pod, references, particulars }: ObjectFacts): ReadonlySet<string> {
  const shelves = new Set([shelf.all, shelf.kind(kind), shelf.named(kind, name)]);
  for (const reference of references) shelves.add(shelf.naming(reference.kind, reference.name));
  if (pod !== null) {
    shelves.add(shelf.pods);
    for (const [key, value] of Object.entries(pod.labels)) {
      shelves.add(shelf.labelled(key, value)).add(shelf.labelledAny(key));
    }
  }
  if (particulars?.of === 'custom') {
    for (const word of particulars.mentions) shelves.add(shelf.mentioning(word));
  }
  return shelves;
}

const prints = new WeakMap<readonly ObjectFacts[], string>();

/** The facts of a document without their places, which move with every line inserted above them. */
export function printOf(objects: readonly ObjectFacts[]): string {
  const kept = prints.get(objects);
  if (kept !== undefined) return kept;
  const print = JSON.stringify(objects, (key, value: unknown) =>
    key === 'range' || key === 'labelsRange' ? undefined : value,
  );
  prints.set(objects, print);
  return print;
}
