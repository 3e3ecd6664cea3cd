import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ObjectPlan } from '../../../src/cluster/index.ts';
import { formatMessage } from '../../../src/core/index.ts';
import { decisionOf, ownedFields, rowWords, standingOf } from '../../../src/features/deploy/rows.ts';
import { manifestObject, owned, plan, refusal } from './plans.ts';

const conflict = plan({
  action: 'refused',
  error: refusal('conflict', owned('spec.replicas', 'kubectl'), owned('spec.paused', 'argo')),
});
const refused = plan({ action: 'refused', result: null, error: refusal('invalid') });
const unchanged = plan({ action: 'unchanged', changes: 0 });
const created = plan({ action: 'create', live: null, changes: 0 });

/** A row as a person reads it. */
function row(one: ObjectPlan): string {
  const { label, description, detail } = rowWords(one, 'shop');
  const words = [label, ...description.map((part) => formatMessage(part))].join(' · ');
  return [words, ...detail.map((part) => formatMessage(part))].join('\n');
}

function decision(...plans: readonly ObjectPlan[]): string {
  const { kind, label, description } = decisionOf(plans);
  const words = description === null ? [] : [formatMessage(description)];
  return [kind, formatMessage(label), ...words].join(': ');
}

describe('rows of a deploy', () => {
  test('a sign and words for each outcome', () => {
    assert.equal(row(plan()), '~ Deployment web · 2 fields');
    assert.equal(row(plan({ changes: 1 })), '~ Deployment web · 1 field');
    assert.equal(row(created), '+ Deployment web · new');
    assert.equal(row(unchanged), '= Deployment web · unchanged');
    assert.equal(row(refused), '✖ Deployment web · refused\ndev refuses Deployment web: invalid.');
    assert.equal(
      row(conflict),
      '⚠ Deployment web · fields of kubectl, argo\ndev refuses Deployment web: conflict.',
    );
  });

  test('what could not be checked yet says so', () => {
    const later = plan({ ...created, unverified: true, result: null });
    assert.equal(row(later), '+ Deployment web · new, checked once what it needs is there');
  });

  test('an object that goes elsewhere says where; one without a namespace does not', () => {
    assert.equal(row(plan({ namespace: 'tools' })), '~ Deployment web · 2 fields · in tools');
    const role = manifestObject({ kind: 'ClusterRole', name: 'reader' });
    assert.equal(row(plan({ object: role, namespace: null })), '~ ClusterRole reader · 2 fields');
  });

  test('a refusal is told by its causes, short enough for one line', () => {
    const cause = (field: string): { field: string; message: string; reason: string } => ({
      field,
      message: 'Unknown field',
      reason: '',
    });
    const image = 'spec.template.spec.containers[0].imagePullPolcy';
    const words = (...fields: readonly string[]): string =>
      row({ ...refused, error: refusal('invalid', ...fields.map(cause)) })
        .split('\n')
        .slice(1)
        .join(' | ');
    assert.equal(words(image), 'containers[0].imagePullPolcy: Unknown field');
    assert.equal(words('spec.a', ''), 'spec.a: Unknown field | Unknown field');
    assert.match(words('spec.a', 'spec.b', 'spec.c', 'spec.d'), / \| 2 more$/);
  });

  test('the server’s warnings stand below', () => {
    assert.equal(row(plan({ warnings: ['v1 is old'] })), '~ Deployment web · 2 fields\nWarning: v1 is old');
  });

  test('a conflict is the person’s to decide only when the server answered what would come of it', () => {
    assert.equal(standingOf(conflict), 'conflict');
    assert.equal(standingOf({ ...conflict, result: null }), 'refused');
    assert.equal(standingOf(plan({ action: 'refused', error: refusal('conflict') })), 'refused');
  });

  test('fields of others, each with its owner', () => {
    assert.deepEqual(ownedFields(conflict), [
      { field: 'spec.replicas', owner: 'kubectl' },
      { field: 'spec.paused', owner: 'argo' },
    ]);
  });
});

describe('the first row', () => {
  test('counts what will change', () => {
    assert.equal(decision(plan(), unchanged), 'deploy: Deploy 1 change');
    assert.equal(decision(plan(), created, conflict), 'deploy: Deploy 3 changes');
  });

  test('says what is left out', () => {
    assert.equal(
      decision(plan(), refused),
      'deploy: Deploy 1 change: leaves out the object that was refused',
    );
    assert.equal(
      decision(plan(), refused, refused),
      'deploy: Deploy 1 change: leaves out the 2 objects that were refused',
    );
  });

  test('offers nothing where there is nothing', () => {
    assert.equal(decision(unchanged), 'nothing: Nothing to deploy: all of it is as written');
    assert.match(decision(unchanged, refused), /^refused: Nothing can be deployed/);
  });
});
