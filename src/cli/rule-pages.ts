/** What `elastic lint` says about its rules. */
import { type Rule, rules, type RuleSettings } from '../core/index.ts';
import { ruleSet } from '../core/rules/rule-set.ts';
import { painter } from './formats/text.ts';
import type { Style } from './formats/report.ts';
import { renderMarkdown } from './markdown.ts';

/** The page about one rule, for a terminal. */
export function rulePage(rule: Rule, style: Style): string {
  const paint = painter(style);
  const page = renderMarkdown(rule.docs, {
    heading: (text) => paint('bold', text),
    code: (text) => paint('cyan', text),
    strong: (text) => paint('bold', text),
    width: Math.min(style.width, 100),
  });
  const facts = [
    rule.origin === 'server' ? 'the API server refuses it' : 'the API server accepts it',
    `recommended: ${rule.severity}`,
    ...(rule.strict === undefined ? [] : [`strict: ${rule.strict}`]),
  ];
  return `${paint('bold', rule.title)}\n${rule.code} · ${facts.join(' · ')}\n\n${page}`;
}

/** A line for each rule: its code, what it weighs under some settings, and what it finds. */
export function ruleList(settings: RuleSettings): string {
  const set = ruleSet(settings);
  const width = Math.max(...rules.map(({ code }) => code.length));
  return rules
    .map((rule) => `${rule.code.padEnd(width)}  ${set.severityOf(rule).padEnd(7)}  ${rule.title}\n`)
    .join('');
}

/** The same for programs. */
export function ruleListJson(settings: RuleSettings): string {
  const set = ruleSet(settings);
  const entries = rules.map((rule) => ({
    code: rule.code,
    severity: set.severityOf(rule),
    origin: rule.origin,
    title: rule.title,
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
