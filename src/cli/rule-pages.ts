/** What `elastic lint` says about its rules. */
import { type Rule, rules, type RuleSettings } from '../core/index.ts';
import { ruleSet } from '../core/rules/rule-set.ts';
import { colors, painter } from './formats/text.ts';
import type { Style } from './formats/report.ts';
import { renderMarkdown, wrapped } from './markdown.ts';

/** The page about one rule, for a terminal. */
export function rulePage(rule: Rule, style: Style): string {
  const paint = painter(style);
  const page = renderMarkdown(rule.docs, {
    heading: (text) => paint('bold', text),
    code: (text) => paint('cyan', text),
    strong: (text) => paint('bold', text),
    width: Math.min(style.width, 80),
  });
  const facts = [
    rule.origin === 'server' ? 'the API server refuses it' : 'the API server accepts it',
    `recommended: ${rule.severity}`,
    ...(rule.strict === undefined ? [] : [`strict: ${rule.strict}`]),
  ];
  return `${paint('bold', rule.title)}\n${rule.code} · ${facts.join(' · ')}\n\n${page}`;
}

/**
 * A line for each rule: its code, what it weighs under some settings, and what it finds. On a terminal (`columns`;
 * null: none) a title that is too long goes on below itself.
 */
export function ruleList(settings: RuleSettings, style: Style, columns: number | null): string {
  const set = ruleSet(settings);
  const paint = painter(style);
  const width = Math.max(...rules.map(({ code }) => code.length));
  const indent = width + 2 + 'warning'.length + 2;
  const room = columns === null ? Infinity : Math.max(20, columns - indent);
  return rules
    .map((rule) => {
      const severity = set.severityOf(rule);
      const weight = paint(severity === 'off' ? 'dim' : colors[severity], severity.padEnd(7));
      const title = wrapped(rule.title, room).join(`\n${' '.repeat(indent)}`);
      return `${rule.code.padEnd(width)}  ${weight}  ${title}\n`;
    })
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
