import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type * as Sarif from 'sarif';
import { rules } from '../../src/core/index.ts';
import { elastic, faulty, folder } from './elastic.ts';

/** The parts of SARIF 2.1.0 that are read here. */
interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly columnKind: string;
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly RuleEntry[] } };
    readonly results: readonly Result[];
  }[];
}

interface RuleEntry {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
}

interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: Readonly<Record<string, number>>;
  };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly (Place & {
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  })[];
  readonly relatedLocations?: readonly Place[];
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly replacements: readonly { readonly insertedContent: { readonly text: string } }[];
    }[];
  }[];
}

async function run(cwd: string, ...paths: readonly string[]) {
  const { stdout, code } = await elastic(['lint', '-f', 'sarif', '--preset', 'server-only', ...paths], {
    cwd,
    env: { GITHUB_WORKSPACE: undefined },
  });
  const log = JSON.parse(stdout) as Log;
  const [only, ...others] = log.runs;
  assert.equal(log.version, '2.1.0');
  assert.deepEqual(others, []);
  assert.ok(only);
  return { run: only, code };
}

test('every rule is described, and every result names its rule', async (t) => {
  const cwd = await folder(t, { 'web.yaml': faulty.replace('name: web }', 'name: web, name: web }') });
  const { run: only, code } = await run(cwd, 'web.yaml');
  assert.equal(code, 1);
  const described = only.tool.driver.rules;
  assert.deepEqual(
    described.map(({ id }) => id),
    rules.map((rule) => rule.code),
  );
  assert.ok(
    described.every(({ shortDescription, help }) => shortDescription.text && help.text && help.markdown),
  );
  assert.equal(only.columnKind, 'utf16CodeUnits');
  assert.equal(only.invocations[0]?.executionSuccessful, true);
  assert.deepEqual(
    only.results.map(({ ruleId, level }) => [ruleId, level]),
    [
      ['duplicate-key', 'error'],
      ['quantity-invalid', 'error'],
    ],
  );
  assert.ok(only.results.every(({ ruleId, ruleIndex }) => described[ruleIndex]?.id === ruleId));
});

test('a result says where, what it is related to, and how to mend it', async (t) => {
  const cwd = await folder(t, { 'web.yaml': faulty.replace('name: web }', 'name: web, name: web }') });
  const { run: only } = await run(cwd, 'web.yaml');
  const [duplicate, quantity] = only.results;
  assert.equal(duplicate?.relatedLocations?.[0]?.physicalLocation.region['startLine'], 3);
  const location = quantity?.locations[0];
  assert.deepEqual(location?.physicalLocation.region, {
    startLine: 10,
    startColumn: 27,
    endLine: 10,
    endColumn: 32,
  });
  assert.equal(
    location.logicalLocations[0]?.fullyQualifiedName,
    'spec.containers[0].resources.limits[memory]',
  );
  const inserted = quantity?.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent.text;
  assert.equal(inserted, '500Mi');
});

test('files are named by addresses', async (t) => {
  const cwd = await folder(t, { 'a folder/50%.yaml': faulty, 'plain.yaml': faulty });
  const urisFrom = async (from: string, ...paths: readonly string[]): Promise<readonly unknown[]> => {
    const { run: only } = await run(from, ...paths);
    return only.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation);
  };
  const uriBaseId = '%SRCROOT%';
  const odd = { uri: 'a%20folder/50%25.yaml', uriBaseId };
  assert.deepEqual(await urisFrom(cwd, 'a folder', `${cwd}/plain.yaml`), [
    odd,
    { uri: 'plain.yaml', uriBaseId },
  ]);
  // From the root of the repository, wherever in it the command runs.
  const inside = join(cwd, 'a folder');
  assert.deepEqual(await urisFrom(inside, '../plain.yaml'), [{ uri: `file://${cwd}/plain.yaml` }]);
  await mkdir(join(cwd, '.git'));
  assert.deepEqual(
    await urisFrom(inside, '.', '../plain.yaml'),
    [{ uri: 'plain.yaml', uriBaseId }, odd].reverse(),
  );
});

test('what could not be checked is told in the log too', async (t) => {
  const cwd = await folder(t, { 'web.yaml': faulty });
  const { run: only, code } = await run(cwd, 'web.yaml', 'missing.yaml');
  assert.equal(code, 2);
  assert.equal(only.invocations[0]?.executionSuccessful, false);
});

/** The main constraints of the format's schema that types do not express. */
function checkLog(log: Sarif.Log): void {
  assert.ok(URL.canParse(log.$schema ?? ''));
  for (const { tool, results = [], originalUriBaseIds = {}, invocations = [] } of log.runs) {
    const { rules: described = [], semanticVersion } = tool.driver;
    assert.match(semanticVersion ?? '', /^\d+\.\d+\.\d+$/);
    assert.equal(new Set(described.map(({ id }) => id)).size, described.length);
    for (const { shortDescription, fullDescription, help, helpUri, defaultConfiguration } of described) {
      assert.ok(shortDescription?.text && fullDescription?.text && help?.text && help.markdown);
      assert.ok(helpUri === undefined || URL.canParse(helpUri));
      assert.ok(defaultConfiguration?.level !== undefined || defaultConfiguration?.enabled === false);
    }
    for (const { uri = '' } of Object.values(originalUriBaseIds)) assert.match(uri, /^file:\/\/\/.*\/$/);
    const isLocation = ({ physicalLocation }: Sarif.Location): void => {
      const { uri = ' ', uriBaseId } = physicalLocation?.artifactLocation ?? {};
      assert.ok(URL.canParse(uri, 'file:///') && !/\s/.test(uri), uri);
      if (uriBaseId !== undefined) assert.ok(Object.hasOwn(originalUriBaseIds, uriBaseId));
      isRegion(physicalLocation?.region ?? {});
    };
    const notices = invocations.flatMap((one) => one.toolExecutionNotifications ?? []);
    for (const { message, locations = [] } of notices) {
      assert.ok(message.text);
      locations.forEach(isLocation);
    }
    const prints = results.map(({ partialFingerprints, locations }) =>
      JSON.stringify([partialFingerprints, locations?.[0]?.physicalLocation?.artifactLocation]),
    );
    assert.equal(new Set(prints).size, prints.length, 'fingerprints tell the results of a file apart');
    for (const result of results) {
      assert.ok(result.message.text);
      assert.equal(described[result.ruleIndex ?? -1]?.id, result.ruleId);
      assert.equal(result.locations?.length, 1);
      [...result.locations, ...(result.relatedLocations ?? [])].forEach(isLocation);
      for (const { artifactChanges } of result.fixes ?? []) {
        assert.ok(
          artifactChanges.length > 0 && artifactChanges.every(({ replacements }) => replacements.length > 0),
        );
        for (const { deletedRegion } of artifactChanges.flatMap(({ replacements }) => replacements))
          isRegion(deletedRegion);
      }
    }
  }
}

function isRegion({ startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 }: Sarif.Region): void {
  assert.ok(startLine >= 1 && startColumn >= 1 && endColumn >= 1);
  assert.ok(endLine > startLine || (endLine === startLine && endColumn >= startColumn));
}

test('the log keeps to the format, whatever there is to say', async (t) => {
  const cwd = await folder(t, {
    '.elastic.yaml': 'presett: strict\npreset: strict\n',
    'a b/web.yaml': `${faulty}---\n${faulty}`,
    'windows.yaml': `\uFEFF${faulty.replace('name: web }', 'name: web, name: web }').replaceAll('\n', '\r\n')}`,
    'half.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {\nspec:\n  containers: [\n',
  });
  const { stdout } = await elastic(['lint', '-f', 'sarif', '.', 'gone.yaml'], { cwd });
  const log = JSON.parse(stdout) as Sarif.Log;
  assert.ok((log.runs[0]?.results?.length ?? 0) > 5);
  assert.equal(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.length, 2);
  checkLog(log);
  const nothing = await elastic(['lint', '-f', 'sarif', 'gone.yaml'], { cwd });
  checkLog(JSON.parse(nothing.stdout) as Sarif.Log);
});

test('a result keeps its fingerprint when its line moves', async (t) => {
  const cwd = await folder(t, { 'a.yaml': faulty, 'b.yaml': `# moved\n\n${faulty}` });
  const { stdout } = await elastic(['lint', '-f', 'sarif', '--preset', 'server-only'], { cwd });
  const [one, other] = (JSON.parse(stdout) as Sarif.Log).runs[0]?.results ?? [];
  assert.ok(one?.partialFingerprints);
  assert.deepEqual(one.partialFingerprints, other?.partialFingerprints);
});
