import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as contributions from '../../src/contributions.ts';
import { type Ids, linksToNothing, literalsElsewhere, type Manifest, mismatches, unusedIds } from './ids.ts';
import { productSources, read } from './sources.ts';

const files = read(['package.json', 'package.nls*.json', 'media/walkthrough/*.md']);
const manifest = JSON.parse(files.get('package.json') ?? '') as Manifest;

describe('ids', () => {
  test('package.json and contributions.ts name the same, both ways', () => {
    assert.deepEqual(mismatches(manifest, contributions), []);
  });

  test('links in texts lead to commands and views that exist', () => {
    assert.deepEqual(linksToNothing([...files.values()], contributions), []);
  });

  test('no other file of src holds an id', () => {
    assert.deepEqual(literalsElsewhere(productSources(), contributions), []);
  });

  test('every id is used', () => {
    assert.deepEqual(unusedIds(productSources(), contributions), []);
  });
});

describe('the ids test itself', () => {
  const ids: Ids = {
    commands: { deploy: 'elastic.deploy' },
    views: { clusters: 'elastic.clusters' },
    viewContainers: { elastic: 'elastic' },
    contextKeys: { contexts: 'elastic.contexts' },
    settingsPrefix: 'elastic',
    settingKeys: ['images.engine'],
  };
  const sound: Manifest = {
    contributes: {
      commands: [{ command: 'elastic.deploy' }],
      viewsContainers: { activitybar: [{ id: 'elastic' }] },
      views: { elastic: [{ id: 'elastic.clusters' }] },
      viewsWelcome: [{ view: 'elastic.clusters', when: 'elastic.contexts == none' } as { view: string }],
      menus: {
        'view/title': [
          { command: 'elastic.deploy', when: 'view == elastic.clusters' } as { command: string },
        ],
      },
      configuration: [{ properties: { 'elastic.images.engine': { default: 'auto' } } }],
    },
    capabilities: { untrustedWorkspaces: { restrictedConfigurations: ['elastic.images.engine'] } },
  };
  const found = (part: Partial<Manifest['contributes']>): readonly string[] =>
    mismatches({ ...sound, contributes: { ...sound.contributes, ...part } }, ids);

  test('accepts what fits', () => assert.deepEqual(mismatches(sound, ids), []));

  const faults: readonly (readonly [string, Partial<Manifest['contributes']>])[] = [
    [
      'contributions.ts lacks the command elastic.scale',
      { commands: [...sound.contributes.commands, { command: 'elastic.scale' }] },
    ],
    ['package.json lacks the command elastic.deploy', { commands: [], menus: {} }],
    ['a menu shows the command elastic.old', { menus: { 'view/title': [{ command: 'elastic.old' }] } }],
    [
      'contributions.ts lacks the view elastic.ports',
      { views: { elastic: [{ id: 'elastic.clusters' }, { id: 'elastic.ports' }] } },
    ],
    [
      'views stand in the container other, which nobody contributes',
      { views: { other: [{ id: 'elastic.clusters' }] } },
    ],
    [
      'the setting elastic.images.engine has no default',
      { configuration: [{ properties: { 'elastic.images.engine': {} } }] },
    ],
    ['no clause in package.json reads the context key elastic.contexts', { viewsWelcome: [] }],
    [
      'a welcome text belongs to the view elastic.gone',
      { viewsWelcome: [...sound.contributes.viewsWelcome, { view: 'elastic.gone' }] },
    ],
    [
      'a clause names elastic.typo',
      {
        menus: { 'view/title': [{ command: 'elastic.deploy', when: 'elastic.typo' } as { command: string }] },
      },
    ],
  ];
  for (const [fault, part] of faults) {
    test(`finds: ${fault}`, () => assert.deepEqual(found(part), [fault]));
  }

  test('finds links that lead nowhere', () => {
    const texts = [
      '[Go](command:elastic.gone?x) [Fine](command:elastic.deploy)',
      'onView:elastic.clusters',
      'onView:elastic.no',
    ];
    assert.deepEqual(linksToNothing(texts, ids), [
      'a link leads to elastic.gone',
      'a link leads to elastic.no.focus',
    ]);
  });

  const literals: readonly (readonly [number, string])[] = [
    [1, `run('elastic.deploy');`],
    [1, 'run(`elastic.${name}`);'],
    [1, `say('Look at the setting elastic.images.gone first.');`],
    [0, `say('Look at the setting elastic.images.engine.');`],
    [0, `send('elastic/objects', 'my-elastic.x');`],
  ];
  for (const [count, text] of literals) {
    test(`${count === 0 ? 'accepts' : 'finds'} ${text}`, () => {
      assert.equal(literalsElsewhere(new Map([['src/a.ts', text]]), ids).length, count);
    });
  }

  test('finds ids nobody uses', () => {
    const sources = new Map([['src/a.ts', 'const { deploy: a } = commands; run(a, views.clusters);']]);
    assert.deepEqual(unusedIds(sources, ids), ['nothing in src/ uses contextKeys.contexts']);
  });
});
