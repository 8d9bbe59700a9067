// Whether allowing files would help.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { canAllowFile } from '../../extension/background/access.js';

const CASES = /** @type {const} */ ([
  ['Firefox 153', 'file:///a.html', true],
  ['Firefox 153', 'file:///a.PDF', false],
  ['Firefox 152', 'file:///a.html', false],
  ['Chromium 121', 'file:///a.pdf', true],
]);

for (const [agent, url, expected] of CASES) test(`${agent} and ${url}`, () => assert.equal(canAllowFile(url, agent), expected));
