import type { Field } from '../../schema/field.ts';
import { isPercentage } from '../names.ts';

/** A number of pods out of all, from a count or a percentage; null where it cannot be known. */
export function podsOf(field: Field, all: number, round: 'up' | 'down'): number | null {
  const number = field.number();
  if (number !== null) return number;
  const percentage = percentageOf(field);
  if (percentage === null) return null;
  const exact = (percentage * all) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

/** Null for a count, and for what is no percentage. */
export function percentageOf(field: Field): number | null {
  const text = field.text();
  return text === null || !isPercentage(text) ? null : Number.parseInt(text, 10);
}
