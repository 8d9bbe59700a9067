// What a style sheet refers to.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cssReferences, decodeCss } from '../../extension/background/css.js';

/** @param {string} text */
const urls = (text) => cssReferences(text).map(({ kind, url }) => `${kind} ${url}`);

test('imports in both forms are styles', () => {
  const text = '@charset "utf-8"; @import "a.css"; @import url(b.css) layer(x); @import url("c.css") screen;';
  assert.deepEqual(urls(text), ['style a.css', 'style b.css', 'style c.css']);
});

test('fonts are told from pictures', () => {
  const text = '@font-face { src: local("X"), url(a.woff2) format("woff2"), url("b.woff") } p { background: url(c.png) }';
  assert.deepEqual(urls(text), ['font a.woff2', 'font b.woff', 'image c.png']);
});

test('comments and plain strings hold no addresses', () => {
  assert.deepEqual(urls('/* url(a.png) */ p::before { content: "url(b.png)" } /* @import "c.css"'), []);
});

test('image-set takes bare strings', () => {
  const text = 'p { background: image-set("a.avif" type("image/avif"), url("b.png") 2x) } q { content: "c.png" }';
  assert.deepEqual(urls(text), ['image a.avif', 'image b.png']);
});

test('escapes are undone', () => {
  assert.deepEqual(urls('p { background: url(a\\ b\\29.png) } q { background: url("\\4e2d.png") }'), [
    'image a b).png',
    'image 中.png',
  ]);
});

test('fragments and data addresses are left out', () => {
  assert.deepEqual(urls('p { filter: url(#f); background: url(data:image/png;base64,AAAA) }'), []);
});

test('an address twice is one reference', () => {
  assert.deepEqual(urls('p { background: url(a.png) } q { background: url("a.png") }'), ['image a.png']);
});

test('a sheet of a megabyte without an end is read in time', () => {
  const begunAt = performance.now();
  cssReferences('url('.repeat(250_000));
  cssReferences('p{background:url("'.repeat(50_000));
  cssReferences('/*'.repeat(500_000));
  assert.ok(performance.now() - begunAt < 10_000);
});

test('a sheet in GBK is decoded by its header', () => {
  const bytes = Uint8Array.from([0x2f, 0x2a, 0xd6, 0xd0, 0x2a, 0x2f]);
  assert.equal(decodeCss(bytes, 'text/css; charset=gbk'), '/*中*/');
});

test('a sheet in an unknown charset is read as UTF-8', () => {
  assert.equal(decodeCss(new TextEncoder().encode('/*中*/'), 'text/css; charset=nonsense'), '/*中*/');
});
