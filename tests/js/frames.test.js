// Frames that do not know their own key get it from their parent's list.

import assert from 'node:assert/strict';
import { test } from 'node:test';

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
