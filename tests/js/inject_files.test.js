// The popup and the worker load what inject/files.json names, and the reading of a tab behind it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { INJECT_FILES } from '../../extension/shared/inject_files.js';

test('the scripts of a tab are those of files.json and the tab’s own', () => {
  const names = JSON.parse(readFileSync(new URL('../../extension/inject/files.json', import.meta.url), 'utf8'));
  assert.deepEqual(INJECT_FILES, [...names, 'tab.js'].map((name) => `/inject/${name}`));
});
