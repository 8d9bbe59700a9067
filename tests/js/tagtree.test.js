// The tree of tags as the window draws it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ancestors, matchingRows, movedPath, nameOf, parentOf, tagsOf, treeRows } from '../../host/linkshot/viewer/pages/js/tagtree.js';

/** @param {string} path @param {number} links @param {string[]} aliases */
const tag = (path, links, aliases = []) => ({ path, links, links_below: links, color: null, aliases });
const TAGS = [tag('a', 3), tag('a-b', 1), tag('a/x', 1), tag('a/y', 2, ['Why']), tag('b', 9)];
const paths = (/** @type {any[]} */ rows) => rows.map((row) => row.tag.path);

test('what stands below is shown under an open tag alone', () => {
  assert.deepEqual(paths(treeRows(TAGS, 'name', new Set())), ['a', 'a-b', 'b']);
  assert.deepEqual(paths(treeRows(TAGS, 'name', new Set(['a']))), ['a', 'a/x', 'a/y', 'a-b', 'b']);
});

test('the order by count keeps what is below with what is above', () => {
  assert.deepEqual(paths(treeRows(TAGS, 'count', new Set(['a']))), ['b', 'a', 'a/y', 'a/x', 'a-b']);
});

test('rows know their depth and whether they can be opened', () => {
  const rows = treeRows(TAGS, 'name', new Set(['a']));
  assert.deepEqual(rows.map(({ name, depth, hasChildren }) => [name, depth, hasChildren]), [
    ['a', 0, true], ['x', 1, false], ['y', 1, false], ['a-b', 0, false], ['b', 0, false],
  ]);
});

test('a filter finds paths and other names, also below shut tags', () => {
  assert.deepEqual(paths(matchingRows(TAGS, 'name', 'why')), ['a/y']);
  assert.deepEqual(paths(matchingRows(TAGS, 'name', '/')), ['a/x', 'a/y']);
});

test('a path follows a tag that was moved, and only that', () => {
  assert.equal(movedPath('a/x', 'a', 'c/d'), 'c/d/x');
  assert.equal(movedPath('ab/x', 'a', 'c'), 'ab/x');
});

test('paths come apart into what is above and the name', () => {
  assert.deepEqual([ancestors('a/b/c'), parentOf('a/b/c'), parentOf('a'), nameOf('a/b/c')], [['a', 'a/b'], 'a/b', '', 'c']);
});

test("the library's answer becomes tags with their aliases", () => {
  const answer = { tags: [['a', 1, 3, '#0f6a6a'], ['a/x', 2, 2, null]], aliases: [['a', 'A1'], ['a', 'A2']] };
  assert.deepEqual(tagsOf(/** @type {any} */ (answer)), [
    { path: 'a', links: 1, links_below: 3, color: '#0f6a6a', aliases: ['A1', 'A2'] },
    { path: 'a/x', links: 2, links_below: 2, color: null, aliases: [] },
  ]);
});
