import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import type { Rule } from './rule.ts';

export const fileTooLarge: Rule = {
  code: 'file-too-large',
  title: 'File too large to check',
  origin: 'advice',
  severity: 'warning',
  docs: `
The file holds Kubernetes objects but is so large that checking it at every key would make typing slow, so
none of it is checked. Split it into several files.
`,
};

const MEGA = 1_000_000;

export function tooLarge(length: number, limit: number): Message {
  return message(
    'This file is {0} MB and files above {1} MB are not checked; split it into smaller ones',
    (length / MEGA).toFixed(1),
    Math.floor(limit / MEGA),
  );
}
