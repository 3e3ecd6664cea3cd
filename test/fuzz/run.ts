import { Random } from '../core/random.ts';
import { type Family, familyOf } from './families.ts';
import { inspect } from './properties.ts';

export interface Sample {
  readonly family: Family;
  readonly text: string;
  /** For whatever else is to be left to chance with this text. */
  readonly random: Random;
}

/** The text of an index of a seed; `only`: of this family. */
export function sampleAt(seed: number, index: number, only?: Family): Sample {
  // Neighbouring seeds of the generator are no neighbours in what it makes of them.
  const random = new Random(Math.imul(seed, 0x9e3779b1) + Math.imul(index, 0x85ebca6b));
  const family = only ?? familyOf(random);
  return { family, text: family.make(random), random };
}

/** Checks one text; what is thrown names what a person needs to see it again. */
export function checkSample(seed: number, index: number, { family, text, random }: Sample): void {
  try {
    inspect(text, random);
  } catch (error) {
    const place = `text ${index} of seed ${seed}, family ${family.name}, ${text.length} characters`;
    throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
