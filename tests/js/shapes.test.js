// What the worker accepts, and the words and rules around it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { packed } from '../../extension/background/capture.js';
import { codeOfLoss } from '../../extension/background/host.js';
import { ruleFor } from '../../extension/background/referer.js';
import { handlerFor } from '../../extension/background/router.js';
import { shortAddress } from '../../extension/popup/state.js';
import { isPart, isSame, tagsIn } from '../../extension/popup/tag_text.js';
import { browserName } from '../../extension/shared/browser.js';

test('a message of the right shape has a handler', () => {
  assert.ok(handlerFor({ type: 'job.tags', state: { capture_id: 'x', tab_id: 1 }, add: ['a'], remove: [] }));
});

for (const message of [null, 'job.start', {}, { type: 'job.start' }, { type: 'job.tags', state: { capture_id: 'x', tab_id: 1 }, add: 'a', remove: [] }, { type: 'job.tags', state: null, add: [], remove: [] }, { type: 'toString' }]) {
  test(`a message without its shape has none: ${JSON.stringify(message)}`, () => assert.equal(handlerFor(message), null));
}

for (const [words, code] of [
  ['Specified native messaging host not found.', 'host_missing'],
  ['No such native application org.linkshot.host', 'host_missing'],
  ['Access to the specified native messaging host is forbidden.', 'host_forbidden'],
  ['Native host has exited.', 'host_lost'],
  ['', 'host_lost'],
]) {
  test(`“${words}” is ${code}`, () => assert.equal(codeOfLoss(String(words)), code));
}

test('the Referer is the origin, for the hosts asked and the worker alone', () => {
  assert.deepEqual(ruleFor('https://a.example/x?y', ['https://img.example/1', 'https://img.example/2']), {
    id: 1,
    action: {
      type: 'modifyHeaders',
      requestHeaders: [{ header: 'Referer', operation: 'set', value: 'https://a.example/' }],
    },
    condition: { requestDomains: ['img.example'], tabIds: [-1], resourceTypes: ['xmlhttprequest', 'other'] },
  });
});

test('a file has no Referer', () => assert.equal(ruleFor('file:///a.html', ['https://img.example/1']), null));

test('tags are cut at commas of either script', () => {
  assert.deepEqual(tagsIn(' 政策 \uff0f 产业\uff0cAI、 #芯片\uff1b政策/产业,'), ['政策/产业', 'AI', '芯片']);
});

test('width and case do not make two tags', () => assert.ok(isSame('\uff21\uff29', 'ai')));

test('what is typed is a piece of the tag it was on the way to', () => {
  assert.deepEqual([isPart('ai', '\uff21\uff29'), isPart('水利', '政策/水利'), isPart('水利', '产业')], [true, true, false]);
});

test('an address is shown without escapes, but with those of signs that would turn it around', () => {
  const shown = ['https://www.a.example/%E6%94%BF%E7%AD%96/', 'https://a.example/%E2%80%AEgnp.exe%0A', 'https://a.example/%D5%FE'].map(shortAddress);
  assert.deepEqual(shown, ['a.example/政策', 'a.example/%E2%80%AEgnp.exe%0A', 'a.example/%D5%FE']);
});

test('equal bytes are packed once', () => {
  const bytes = Uint8Array.from([1, 2]);
  const { parts, bytes: whole } = packed([
    { sha256: 'a', size: 2, bytes },
    { sha256: 'a', size: 2, bytes },
    { sha256: 'b', size: 1, bytes: Uint8Array.from([3]) },
  ]);
  assert.deepEqual(parts, { a: [0, 2], b: [2, 1] });
  assert.deepEqual(new Uint8Array(/** @type {ArrayBuffer} */ (whole)), Uint8Array.from([1, 2, 3]));
});

for (const [agent, name] of [
  ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox 153'],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36', 'Chromium 156'],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0', 'Edge 156'],
]) {
  test(`the browser is ${name}`, () => assert.equal(browserName(agent), name));
}
