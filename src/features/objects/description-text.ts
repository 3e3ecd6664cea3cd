/** Pages about objects as text: aligned columns, parts indented below their headings. Pure but for the language. */
import * as vscode from 'vscode';
import type { EventRow, StoreState } from '../../cluster/index.ts';
import { type DescriptionSection, type DescriptionTable, formatDuration } from '../../core/index.ts';
import { nameOf, type ObjectTarget, placeOf } from '../../platform/objects.ts';
import { explained, translated } from '../../platform/translation.ts';

/** First line: what and where, and whether what follows is true at this moment. */
export function stateLine(target: ObjectTarget, state: StoreState, gone: boolean, now: number): string {
  return `${nameOf(target)} · ${placeOf(target)} · ${gone ? vscode.l10n.t('deleted') : freshness(state, now)}`;
}

function freshness(state: StoreState, now: number): string {
  switch (state.phase) {
    case 'connecting':
      return vscode.l10n.t('connecting…');
    case 'live':
      return vscode.l10n.t('live');
    case 'stale':
      return vscode.l10n.t('last seen {0} ago: {1}', age(now - state.since), explained(state.error));
    default:
      return explained(state.error);
  }
}

export function descriptionText(
  head: string,
  sections: readonly DescriptionSection[],
  events: readonly EventRow[],
  now: number,
): string {
  const parts = sections.map((section) => sectionText(section));
  return [head, '', ...parts, ...eventLines(events, now)].join('\n');
}

export function eventsText(
  head: string,
  target: ObjectTarget,
  events: readonly EventRow[],
  now: number,
): string {
  return [head, '', ...eventLines(events, now, target)].join('\n');
}

function sectionText({ title, level, facts, table, note }: DescriptionSection): string {
  const indent = '  '.repeat(level);
  const width = Math.max(0, ...facts.map(({ name }) => widthOf(translated(name))));
  const lines = [
    `${'  '.repeat(level - 1)}${translated(title)}`,
    ...facts.map(({ name, value }) => {
      const [first = '', ...more] = translated(value).split('\n');
      const pad = `${indent}${' '.repeat(width + 2)}`;
      return [
        `${indent}${padded(translated(name), width)}  ${first}`,
        ...more.map((line) => pad + line),
      ].join('\n');
    }),
    ...(table === null ? [] : tableLines(table, indent)),
    ...(note === null ? [] : [`${indent}${translated(note)}`]),
  ];
  // A heading that only its parts belong to stands right above them.
  const end = lines.length === 1 ? '' : '\n';
  return lines.map((line) => line.trimEnd()).join('\n') + end;
}

function tableLines({ columns, rows }: DescriptionTable, indent: string): readonly string[] {
  return aligned([columns.map(translated), ...rows.map((row) => row.map(translated))]).map(
    (line) => indent + line,
  );
}

/** Newest first; those of what belongs to the object name it. */
function eventLines(events: readonly EventRow[], now: number, about?: ObjectTarget): readonly string[] {
  const title = vscode.l10n.t('Events');
  if (events.length === 0)
    return [title, `  ${vscode.l10n.t('None are known: the cluster forgets them after a while.')}`, ''];
  const sorted = [...events].sort((one, other) => (other.lastSeen ?? 0) - (one.lastSeen ?? 0));
  const heads = [
    vscode.l10n.t('Age'),
    vscode.l10n.t('Type'),
    vscode.l10n.t('Reason'),
    vscode.l10n.t('Object'),
    vscode.l10n.t('Message'),
  ];
  const rows = sorted.map(({ lastSeen, type, reason, count, message, object }) => [
    lastSeen === null ? '' : age(now - lastSeen),
    type,
    count > 1 ? `${reason} ×${count}` : reason,
    about !== undefined && object.kind === about.kind && object.name === about.name
      ? ''
      : `${object.kind}/${object.name}`,
    message.replace(/\s+/g, ' ').trim(),
  ]);
  return [title, ...aligned([heads, ...rows]).map((line) => `  ${line}`), ''];
}

function age(ms: number): string {
  return formatDuration(Math.max(0, ms));
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, index) => Math.max(all[index] ?? 0, widthOf(cell))),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => padded(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Columns of a text in a monospaced font: Chinese characters take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1;
  return width;
}
