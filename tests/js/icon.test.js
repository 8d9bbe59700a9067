// The icon of a page that names none is looked for at its default address.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addIcon } from '../../extension/background/icon.js';

const ICON = 'https://a.test/favicon.ico';

/** @param {Record<string, unknown>} more @returns {any} */
const page = (more) => ({ url: 'https://a.test/b', html: '', resources: [], inline: [], ...more });

test('a page that names no icon gets the one that the tab shows', () => {
  // what only looks like a link does not name one
  const top = page({ hasIcon: false, html: '<style>/* <link rel="icon" href="x"> */</style>' });
  assert.equal(addIcon(top, ICON), ICON);
  assert.deepEqual(top.resources, [{ url: ICON, kind: 'image' }]);
});

test('a page that names an icon gets no other', () => {
  const top = page({ hasIcon: true, html: '<link rel=icon href=x>' });
  assert.deepEqual([addIcon(top, ICON), top.resources], ['', []]);
});
