// What the popup makes of a search's answer.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { handlerFor } from '../../extension/background/router.js';
import { notesOf, snippetPieces } from '../../extension/popup/search_text.js';

const piece = (/** @type {string} */ text, isHit = false) => ({ text, isHit });

for (const [snippet, pieces] of /** @type {[string, ReturnType<typeof piece>[]][]} */ ([
  ['', []],
  ['无', [piece('无')]],
  ['\u0002光刻\u0003胶和\u0002光刻\u0003机', [piece('光刻', true), piece('胶和'), piece('光刻', true), piece('机')]],
  ['\u0002一\u0003\u0002二\u0003', [piece('一', true), piece('二', true)]],
  ['前\u0002cut', [piece('前cut')]],
  ['no\u0003start', [piece('nostart')]],
  ['<b>\u0002&amp;\u0003', [piece('<b>'), piece('&amp;', true)]],
])) {
  test(`pieces of ${JSON.stringify(snippet)}`, () => assert.deepEqual(snippetPieces(snippet), pieces));
}

const found = { total: 0, most: 0, waiting: 0, read_as: '', hits: [] };

for (const [answer, notes] of [
  [{ ...found, total: 3 }, []],
  [found, [['search_none']]],
  [{ ...found, most: 2 }, [['search_most']]],
  [{ ...found, total: 1, most: 2, waiting: 9 }, [['search_most_too', 1, 2], ['search_waiting', 9]]],
  [{ ...found, read_as: 'a b' }, [['search_read_as', 'a b'], ['search_none']]],
]) {
  test(`said of ${JSON.stringify(answer)}`, () => assert.deepEqual(notesOf(/** @type {typeof found} */ (answer)), notes));
}

test('a search has a handler, one without its shape has none', () => {
  assert.ok(handlerFor({ type: 'search', query: '光刻', limit: 5 }));
  assert.equal(handlerFor({ type: 'search', query: ['光刻'], limit: 5 }), null);
  assert.equal(handlerFor({ type: 'viewer.open', link_id: null }), null);
});
