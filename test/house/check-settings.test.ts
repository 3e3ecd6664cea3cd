import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declaredRuleNames, ruleNames } from '../../scripts/check-settings.ts';
import { supportedVersions } from '../../src/core/index.ts';
import { read } from './sources.ts';

const manifest = JSON.parse(read(['package.json']).get('package.json') ?? '') as Parameters<
  typeof declaredRuleNames
>[0];

test('the setting about rules knows every rule: run `node scripts/check-settings.ts` when there is a new one', () => {
  assert.deepEqual(declaredRuleNames(manifest), ruleNames());
});

test('the setting about the Kubernetes version offers every version', () => {
  const settings = Object.assign({}, ...manifest.contributes.configuration.map((one) => one.properties)) as {
    'elastic.checks.kubernetesVersion'?: { readonly enum: readonly string[] };
  };
  assert.deepEqual(settings['elastic.checks.kubernetesVersion']?.enum, ['', ...supportedVersions]);
});
