import { note } from './notes.ts';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('x', () => {
    assert.ok(vscode.version);
    note(vscode.version);
  });
});
