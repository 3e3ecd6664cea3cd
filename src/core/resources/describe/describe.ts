import { message } from '../../finding.ts';
import { textOf } from '../../json.ts';
import { conditionsOf } from '../conditions.ts';
import type { Condition } from '../conditions.ts';
import { formatDuration } from '../../durations.ts';
import { partsOf } from '../fields.ts';
import { summarize } from '../summarize.ts';
import { factsOf, verbatim } from '../summary.ts';
import type { DescriptionSection, Related } from './section.ts';

/**
 * What there is to say of an object, in the order of interest: what it is and how it does, what it is made of, its
 * conditions, its pods, its events. Data only: whoever shows it translates and lays it out. Never throws.
 */
export function describeObject(object: unknown, related: Related): readonly DescriptionSection[] {
  const conditions = conditionsOf(object);
  return [
    overview(object, related.now),
    ...(conditions.length === 0 ? [] : [conditionsSection(conditions, related.now)]),
  ];
}

function overview(object: unknown, now: number): DescriptionSection {
  const { root, metadata } = partsOf(object);
  const { facts, reason } = summarize(object, now);
  return {
    title: verbatim(`${textOf(root['kind'])} ${textOf(metadata['name'])}`),
    level: 1,
    facts: [
      ...factsOf([message('Namespace'), textOf(metadata['namespace'])]),
      ...facts,
      ...factsOf([message('Reason'), reason]),
    ],
    table: null,
    note: null,
  };
}

function conditionsSection(conditions: readonly Condition[], now: number): DescriptionSection {
  return {
    title: message('Conditions'),
    level: 1,
    facts: [],
    table: {
      columns: [message('Type'), message('Status'), message('Since'), message('Reason'), message('Message')],
      rows: conditions.map((one) =>
        [
          one.type,
          one.status,
          one.since === null ? '' : formatDuration(now - one.since),
          one.reason,
          one.message,
        ].map(verbatim),
      ),
    },
    note: null,
  };
}
