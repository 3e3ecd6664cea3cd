/** What holds for every text, whatever it is. A violation is thrown as an AssertionError. */
import assert from 'node:assert/strict';
import { analyze, AnalysisCache, formatMessage, toManifestObject } from '../../src/core/index.ts';
import type { Analysis, Finding, TextRange } from '../../src/core/index.ts';
import { readDirectly } from '../../src/core/manifest/direct.ts';
import { readWhole } from '../../src/core/manifest/read.ts';
import { isUnusual } from '../../src/core/manifest/syntax.ts';
import { splitDocuments } from '../../src/core/manifest/split.ts';
import { applyFix } from '../core/marked.ts';
import type { Random } from '../core/random.ts';

/** A finding is shown as a squiggle: over more lines than this it says nothing. */
const MOST_LINES = 3;
/** Fixes tried on one text. */
const MOST_FIXES = 4;
/** Texts beyond this length are not read again without a cache. */
const LONGEST_EDITED = 5000;
/** Texts beyond this length are not read a second time by the slower reader. */
const LONGEST_COMPARED = 100_000;

/** Checks all properties of one text. */
export function inspect(text: string, random: Random): void {
  const cache = new AnalysisCache();
  const analysis = analyze(text, { cache });
  checkSpans(text, analysis);
  checkFindings(text, analysis);
  checkObjects(text, analysis);
  checkMarkers(text, analysis);
  checkCache(text, analysis, cache, random);
  checkFixes(text, analysis, random);
  if (text.length <= LONGEST_COMPARED) checkReaders(text);
}

/** No finding reaches out of the text, or covers more than a few lines of it; they come in its order. */
export function checkSpans(text: string, { findings, lines }: Analysis): void {
  let last = 0;
  for (const finding of findings) {
    const { range } = finding;
    const said = show(text, finding);
    assert.ok(isInside(text, range) && range.start >= last, `inside the text and in order: ${said}`);
    last = range.start;
    const covered = lines.positionAt(range.end).line - lines.positionAt(range.start).line;
    assert.ok(covered < MOST_LINES, `over few lines: ${said}`);
  }
}

function isInside(text: string, { start, end }: TextRange): boolean {
  return start >= 0 && start <= end && end <= text.length;
}

function checkFindings(text: string, { documents, findings }: Analysis): void {
  for (const finding of findings) {
    const { document, message, related } = finding;
    const said = show(text, finding);
    assert.ok(documents[document]?.isKubernetes, `in a Kubernetes document: ${said}`);
    assert.doesNotMatch(message.template.replace(/\{\d\}/g, ''), /undefined|NaN|\[object/, said);
    const places = [...message.template.matchAll(/\{(\d)\}/g)].map(([, place]) => Number(place));
    assert.ok(
      places.every((place) => place < message.args.length),
      said,
    );
    for (const place of related)
      assert.ok(isInside(text, place.range), `related places inside the text: ${said}`);
  }
}

function show(text: string, { code, message, range }: Finding): string {
  return `${code} "${formatMessage(message).slice(0, 150)}" ${range.start}-${range.end}: ${JSON.stringify(text.slice(range.start, range.start + 60))}`;
}

function checkObjects(text: string, { documents, lines }: Analysis): void {
  for (const object of documents.flatMap(({ objects }) => objects).slice(0, 20)) {
    toManifestObject(object, lines);
    for (const path of ['', 'spec.template.spec.containers[0].image', 'metadata.labels[a.b]', 'items[3].x']) {
      const { start, end } = object.locate(path);
      assert.ok(start <= end && end <= text.length, `${path} is located inside the text`);
    }
    assert.ok(object.images.every(({ range }) => range.end <= text.length));
  }
}

// Not by `^`, to which U+2028 begins a line as well: no merge leaves a marker there.
const opening = /(?<![^\r\n])<{7}(?=[ \r\n]|$)[^\r\n]*/g;
const closing = /(?<![^\r\n])>{7}(?=[ \r\n]|$)[^\r\n]*/g;

/** One finding for each line that opens or closes a conflict: the others may underline a heading. */
function checkMarkers(text: string, { documents, findings }: Analysis): void {
  for (const marker of [...text.matchAll(opening), ...text.matchAll(closing)]) {
    const at = { start: marker.index, end: marker.index + marker[0].trimEnd().length };
    const document = documents.find(({ range }) => range.start <= at.start && at.end <= range.end);
    if (document?.isKubernetes !== true) continue;
    const there = findings.filter(({ range }) => range.start <= at.end && range.end >= at.start);
    assert.equal(there.length, 1, `one finding for the marker at ${at.start}`);
  }
}

/** An edit and its undoing with a cache tell the same as without. */
function checkCache(text: string, analysis: Analysis, cache: AnalysisCache, random: Random): void {
  const at = random.below(text.length + 1);
  const edited =
    text.slice(0, at) + random.pick(['', 'x', '\n', ':', '---\n']) + text.slice(at + random.below(3));
  const again = analyze(edited, { cache });
  if (edited.length < LONGEST_EDITED)
    assert.deepEqual(again.findings, analyze(edited).findings, 'with a cache');
  assert.deepEqual(analyze(text, { cache }).findings, analysis.findings, 'after an edit that was undone');
}

function checkFixes(text: string, { findings }: Analysis, random: Random): void {
  const fixable = findings.filter(({ fixes }) => fixes.length > 0);
  const first = fixable.length > MOST_FIXES ? random.below(fixable.length - MOST_FIXES) : 0;
  for (const finding of fixable.slice(first, first + MOST_FIXES)) {
    for (const fix of finding.fixes) {
      const said = `${show(text, finding)}, fix "${formatMessage(fix.title)}"`;
      const edits = [...fix.edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
      assert.ok(edits.length > 0, `edits something: ${said}`);
      let last = 0;
      for (const { range } of edits) {
        assert.ok(range.start >= last && range.start <= range.end, `edits apart from each other: ${said}`);
        last = range.end;
      }
      assert.ok(last <= text.length, `edits inside the text: ${said}`);
      const fixed = applyFix(text, fix);
      assert.notEqual(fixed, text, `changes something: ${said}`);
      const { findings: left } = analyze(fixed);
      if (fix.preferred) checkGone(finding, findings, left, said);
    }
  }
}

/** What a preferred fix was offered for is said less often afterwards. */
function checkGone(
  finding: Finding,
  before: readonly Finding[],
  after: readonly Finding[],
  said: string,
): void {
  // Among several mistakes of the syntax one may hide another, which then takes its place.
  const mistakes = before.filter(({ code }) => code === 'yaml-syntax').length;
  if (mistakes > 1 || (mistakes === 1 && finding.code !== 'yaml-syntax')) return;
  // One farther on may have been hidden by it: what stands before it says whether it is gone.
  const reach = mistakes === 0 ? Infinity : finding.range.end;
  const same = ({ code, path, message, range }: Finding): boolean =>
    code === finding.code &&
    path === finding.path &&
    message.template === finding.message.template &&
    range.start <= reach;
  assert.ok(after.filter(same).length < before.filter(same).length, `puts it right: ${said}`);
}

/** The direct reader tells exactly what the parser tells, or nothing. */
function checkReaders(text: string): void {
  for (const { start, end } of splitDocuments(text)) {
    const document = text.slice(start, end);
    if (isUnusual(document)) continue;
    const root = readDirectly(document);
    if (root === null) continue;
    const reading = readWhole(document);
    assert.deepEqual(
      { root, problems: [], hidden: [], readTo: document.length, duplicates: [], templated: false },
      reading,
      'both readers agree',
    );
  }
}
