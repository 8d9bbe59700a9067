// The popup's tags: what the link has, what was added and taken off.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createTagSet } from '../../extension/popup/tag_set.js';

test('a tag typed by another name is one chip once the host has it', () => {
  const tags = createTagSet();
  tags.add('AI');
  tags.add('芯片');
  tags.setKept(['人工智能', '芯片'], ['AI']);
  assert.deepEqual(tags.all(), ['人工智能', '芯片']);
  tags.take('人工智能');
  assert.deepEqual([tags.all(), tags.changes()], [['芯片'], { add: ['芯片'], remove: ['人工智能'] }]);
});

test('what was taken off and typed again by another name is there', () => {
  const tags = createTagSet();
  tags.setKept(['人工智能']);
  tags.take('人工智能');
  tags.setKept([]);
  tags.add('AI');
  tags.setKept(['人工智能'], ['AI']);
  assert.deepEqual([tags.all(), tags.changes()], [['人工智能'], { add: [], remove: [] }]);
});

test('what is taken off stays so while the host still has it', () => {
  const tags = createTagSet();
  tags.setKept(['政策', '水利']);
  tags.take('政策');
  tags.setKept(['政策', '水利']);
  assert.deepEqual([tags.all(), tags.changes()], [['水利'], { add: [], remove: ['政策'] }]);
});

test('a tag is taken off by what it reads as', () => {
  const tags = createTagSet();
  tags.add('ai');
  tags.setKept(['AI']);
  tags.take('AI');
  assert.deepEqual([tags.all(), tags.changes()], [[], { add: [], remove: ['AI'] }]);
});
