import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkRange, goNumber, goText } from '../values.ts';

const MOST_QUEUES = 10_000_000;
/** Bits of the hash that deals the queues out to a flow. */
const HASH_BITS = 60;
const LARGEST = 2_147_483_647;
const types: readonly string[] = ['Exempt', 'Limited'];
const responses: readonly string[] = ['Queue', 'Reject'];
const standard = { queues: 64, handSize: 8, queueLengthLimit: 50 } as const;

export const priorityLevelInvalid: Rule = {
  code: 'priority-level-invalid',
  title: 'PriorityLevelConfiguration that contradicts itself',
  origin: 'server',
  severity: 'error',
  docs: `
A level of type \`Limited\` has \`limited\` and no \`exempt\`; only the level called \`exempt\` is of type \`Exempt\`. A
\`limitResponse\` of type \`Queue\` has \`queuing\`, one of type \`Reject\` has none. \`handSize\` is at most \`queues\`, and so
small that a hash of 60 bits can choose so many.

\`\`\`yaml
# bad
limitResponse: { type: Reject, queuing: { queues: 16 } }
# good
limitResponse: { type: Queue, queuing: { queues: 16 } }
\`\`\`
`,
  visit: {
    'flowcontrol/v1.PriorityLevelConfiguration': checkLevel,
    'flowcontrol/v1.LimitedPriorityLevelConfiguration'(limited, visit) {
      checkShares(limited, visit);
      checkNotNegative(limited.get('borrowingLimitPercent'), visit);
      checkResponse(limited.get('limitResponse'), visit);
    },
    'flowcontrol/v1.ExemptPriorityLevelConfiguration': checkShares,
    'flowcontrol/v1.QueuingConfiguration': checkQueuing,
  },
};

function checkLevel(level: Field, visit: Visit): void {
  const spec = level.get('spec');
  const [type, name] = [goText(spec.get('type')), goText(level.at('metadata.name'))];
  if (type === '') visit.missing(spec, 'type', message('A level needs a type; add Limited'));
  else checkChoice(spec.get('type'), types, visit);
  if (type === null || !types.includes(type)) return;
  if (name !== null && (name === 'exempt') !== (type === 'Exempt'))
    visit.report(spec.get('type'), message('Only the level called exempt is of type Exempt; change one'));
  const [own, other] = type === 'Limited' ? ['limited', 'exempt'] : ['exempt', 'limited'];
  if (spec.get(other).written)
    visit.report(spec.get(other), message('A level of type {0} has no {1}; remove it', type, other));
  if (type === 'Limited' && !spec.get(own).written)
    visit.missing(spec, own, message('A level of type {0} needs {1}; add it', type, own));
}

function checkShares(block: Field, visit: Visit): void {
  checkNotNegative(block.get('nominalConcurrencyShares'), visit);
  if (block.get('lendablePercent').written) checkRange(block.get('lendablePercent'), 0, 100, visit);
}

function checkNotNegative(field: Field, visit: Visit): void {
  if ((field.number() ?? 0) < 0)
    visit.report(field, message('{0} must not be negative; use 0 or more', field.key));
}

function checkResponse(response: Field, visit: Visit): void {
  const type = goText(response.get('type'));
  const queuing = response.get('queuing');
  if (type === '')
    visit.missing(response, 'type', message('A limitResponse needs a type; add Queue or Reject'));
  else checkChoice(response.get('type'), responses, visit);
  if (type === 'Reject' && queuing.written)
    visit.report(queuing, message('A limitResponse of type Reject has no queuing; remove it'));
  if (type === 'Queue' && !queuing.written)
    visit.missing(response, 'queuing', message('A limitResponse of type Queue needs queuing; add it'));
}

function checkQueuing(queuing: Field, visit: Visit): void {
  if (queuing.parent?.get('type').text() !== 'Queue' || queuing.node?.type !== 'mapping') return;
  const [queues, hand] = [sizeOf(queuing, 'queues'), sizeOf(queuing, 'handSize')];
  if (queuing.get('queueLengthLimit').number() !== 0)
    checkOwnRange(queuing.get('queueLengthLimit'), LARGEST, visit);
  if (queuing.get('queues').number() !== 0) checkOwnRange(queuing.get('queues'), MOST_QUEUES, visit);
  if (queues === null || hand === null) return;
  const place = queuing.get('handSize');
  if (hand < 1) visit.report(place, message('{0} must be from {1} to {2}; change it', 'handSize', 1, queues));
  else if (hand > queues)
    tellHand(queuing, message('handSize must not be above queues ({0}); lower it', queues), visit);
  else if (Math.ceil(Math.log2(queues) * hand) > HASH_BITS)
    tellHand(
      queuing,
      message('{0} of {1} queues are too many for a hash; lower handSize', hand, queues),
      visit,
    );
}

function checkOwnRange(field: Field, most: number, visit: Visit): void {
  if (field.written) checkRange(field, 1, most, visit);
}

function tellHand(queuing: Field, text: ReturnType<typeof message>, visit: Visit): void {
  if (queuing.get('handSize').written) visit.report(queuing.get('handSize'), text);
  else visit.missing(queuing, 'handSize', text);
}

/** 0 stands for the default. */
function sizeOf(queuing: Field, key: keyof typeof standard): number | null {
  const value = goNumber(queuing.get(key));
  return value === 0 ? standard[key] : value;
}
