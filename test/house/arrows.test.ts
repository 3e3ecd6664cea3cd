import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brokenArrows, circles } from './arrows.ts';
import { productSources } from './sources.ts';

describe('arrows', () => {
  test('run the way DESIGN says, in every file of src', () => {
    const sources = productSources();
    assert.ok(sources.size > 50, 'the sources were not found');
    assert.deepEqual(brokenArrows(sources), []);
  });

  test('lead nobody in a circle', () => {
    assert.deepEqual(circles(productSources()), []);
    const files = {
      'src/cluster/a.ts': `import type { B } from './b.ts';`,
      'src/cluster/b.ts': `import './c.ts'; import './end.ts';`,
      'src/cluster/c.ts': `export { a } from './a.ts';`,
      'src/cluster/end.ts': '',
      'src/cluster/start.ts': `import './a.ts';`,
    };
    assert.deepEqual(circles(new Map(Object.entries(files))), [
      'src/cluster/a.ts',
      'src/cluster/b.ts',
      'src/cluster/c.ts',
    ]);
  });

  const around = {
    'src/core/index.ts': 'export const a = 1;',
    'src/cluster/index.ts': 'export class Clusters {}',
    'src/cluster/scale.ts': '',
    'src/engines/index.ts': '',
    'src/server/main.ts': '',
    'src/extension.ts': '',
    'src/contributions.ts': '',
    'src/webview/protocol.ts': '',
    'src/webview/other/main.ts': '',
    'src/features/scale/index.ts': '',
    'src/platform/log.ts': '',
    'src/platform/settings.ts': `import 'vscode';`,
    'src/platform/deep.ts': `import './settings.ts';`,
  };
  const check = (file: string, text: string): readonly string[] =>
    brokenArrows(new Map(Object.entries({ ...around, [file]: text })));

  const forbidden: readonly (readonly [file: string, text: string])[] = [
    ['src/core/a.ts', `import * as vscode from 'vscode';`],
    ['src/core/a.ts', `import type { Uri } from 'vscode';`],
    ['src/core/a.ts', `import { readFileSync } from 'node:fs';`],
    ['src/core/a.ts', `export { Clusters } from '../cluster/index.ts';`],
    ['src/core/a.ts', `const now = Date.now();`],
    ['src/core/a.ts', `const now = new Date();`],
    ['src/core/a.ts', `const x = Math.random();`],
    ['src/cluster/a.ts', `import { Uri } from 'vscode';`],
    ['src/cluster/a.ts', `import { find } from '../engines/index.ts';`],
    ['src/cluster/a.ts', `import { setting } from '../platform/settings.ts';`],
    ['src/cluster/a.ts', `import { setting } from '../platform/deep.ts';`],
    ['src/engines/a.ts', `let x: import('vscode').Uri;`],
    ['src/server/a.ts', `import { Clusters } from '../cluster/index.ts';`],
    ['src/server/a.ts', `import { Uri } from 'vscode';`],
    ['src/server/a.ts', `import { log } from '../platform/log.ts';`],
    ['src/cli/a.ts', `import { Uri } from 'vscode';`],
    ['src/features/deploy/a.ts', `import { x } from '../scale/index.ts';`],
    ['src/features/deploy/a.ts', `import type { X } from '../scale/index.ts';`],
    ['src/features/deploy/a.ts', `import { Clusters } from '../../cluster/index.ts';`],
    ['src/features/deploy/a.ts', `const c = await import('../../cluster/scale.ts');`],
    ['src/features/deploy/a.ts', `import '../../server/main.ts';`],
    ['src/features/deploy/a.ts', `import { LanguageClient } from 'vscode-languageclient/node';`],
    ['src/features/deploy/a.ts', `import { activate } from '../../extension.ts';`],
    ['src/features/deploy/a.ts', `const name = 'x'; await import(name);`],
    ['src/features/deploy/a.ts', `require('../scale/index.ts');`],
    ['src/features/deploy/a.ts', `import x from '../../../test/house/arrows.ts';`],
    ['src/webview/replicas/a.ts', `import 'node:path';`],
    ['src/webview/replicas/a.ts', `import '../other/main.ts';`],
    ['src/webview/replicas/a.ts', `import type { X } from '../../features/scale/index.ts';`],
    ['src/platform/a.ts', `import '../features/scale/index.ts';`],
    ['src/extension.ts', `import { Clusters } from './cluster/index.ts';`],
    ['src/helpers/a.ts', `export const a = 1;`],
    ['src/a.ts', `export const a = 1;`],
  ];
  for (const [file, text] of forbidden) {
    test(`${file} is refused: ${text}`, () => assert.equal(check(file, text).length, 1));
  }

  const allowed: readonly (readonly [file: string, text: string])[] = [
    ['src/core/a.ts', `import { parseDocument } from 'yaml'; new Date(0);`],
    ['src/cluster/a.ts', `import type { Log } from '../platform/log.ts'; import 'node:https';`],
    ['src/features/deploy/a.ts', `import type { Clusters } from '../../cluster/index.ts';`],
    ['src/features/deploy/a.ts', `import { type Clusters } from '../../cluster/index.ts';`],
    ['src/features/deploy/a.ts', `let x: import('../../cluster/index.ts').Clusters;`],
    ['src/features/language/a.ts', `import { LanguageClient } from 'vscode-languageclient/node';`],
    ['src/webview/replicas/a.ts', `import { html } from 'lit'; import '../protocol.ts';`],
    ['src/features/deploy/a.ts', `const c = await import('../../cluster/index.ts');`],
    ['src/extension.ts', `const { Clusters } = await import('./cluster/index.ts');`],
  ];
  for (const [file, text] of allowed) {
    test(`${file} is accepted: ${text}`, () => assert.deepEqual(check(file, text), []));
  }
});
