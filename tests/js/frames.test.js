// Frames that do not know their own key get it from their parent's list.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nameByElements, withKey } from '../../extension/background/frame_keys.js';
import { nameUnmatched } from '../../extension/background/frames.js';

/** @param {[string, string][]} frames @param {[string, string][]} foreign @returns {any} */
const answer = (frames, foreign = []) => ({
  frames: frames.map(([frame, url]) => ({ frame, url })),
  foreign: foreign.map(([key, url]) => ({ key, url })),
});

test('a frame is matched by its address, with all below it', () => {
  const lost = answer([['?', 'http://b/2'], ['?.0', 'about:blank']]);
  const missing = nameUnmatched([answer([['', 'http://a/']], [['s0', 'http://b/1'], ['s1', 'http://b/2']]), lost]);
  assert.deepEqual(lost.frames.map((/** @type {any} */ { frame }) => frame), ['s1', 's1.0']);
  assert.deepEqual(missing, []);
});

test('a redirected frame takes the only place that is left', () => {
  const lost = answer([['?', 'http://b/elsewhere']]);
  nameUnmatched([answer([['', 'http://a/']], [['0', 'http://c/'], ['s0', 'http://b/1']]), answer([['0', 'http://c/']]), lost]);
  assert.equal(lost.frames[0].frame, 's0');
});

test('a frame without a place is told as missing', () => {
  const missing = nameUnmatched([answer([['', 'http://a/']]), answer([['?', 'http://b/']])]);
  assert.deepEqual(missing, [{ url: 'http://b/', reason: 'frame_unmatched' }]);
});

test('a frame takes the place that its element has, and so do those below it', () => {
  const top = { frames: [{ frame: '' }], foreign: [{ key: '1', url: 'http://b/', frameId: 7 }] };
  const middle = { frames: [{ frame: '?7' }], foreign: [{ key: '?7.0', url: 'http://a/', frameId: 9 }] };
  const inner = { frames: [{ frame: '?9' }], foreign: [] };
  const results = [inner, top, middle].map((one, index) => ({ frameId: [9, 0, 7][index], result: { answer: one } }));
  nameByElements(/** @type {any} */ ([results[1], results[0], results[2]]));
  assert.deepEqual([middle, inner].map(({ frames }) => frames[0]?.frame), ['1', '1.0']);
});

test('markup and addresses that have a frame’s key get the one that it was named', () => {
  const lost = answer([['?7', 'http://b/'], ['?7.0', 'about:blank']]);
  Object.assign(lost.frames[0], { html: '<i data-linkshot-frame="?7.0"></i>?7 linkshot:canvas/?7/1', inline: [{ url: 'linkshot:canvas/?7/1' }] });
  nameUnmatched([answer([['', 'http://a/']], [['s0', 'http://b/']]), lost]);
  const [root, below] = lost.frames.map(withKey);
  assert.deepEqual([root.html, root.inline, below.frame], ['<i data-linkshot-frame="s0.0"></i>?7 linkshot:canvas/s0/1', [{ url: 'linkshot:canvas/s0/1' }], 's0.0']);
});
