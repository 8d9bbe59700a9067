// What a style sheet refers to.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInThisContext } from 'node:vm';

import { cssEncoding, cssReferences } from '../../extension/background/css.js';

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

const ASCII = new TextEncoder().encode('p{}');
for (const [name, bytes, mediaType, fallback, encoding] of /** @type {[string, Uint8Array, string, string, string][]} */ ([
  ['its header', ASCII, 'text/css; charset=gbk', 'big5', 'gbk'],
  ['its own rule', new TextEncoder().encode('@charset "gbk";'), 'text/css', 'big5', 'gbk'],
  ['its page', ASCII, 'text/css', 'gbk', 'gbk'],
  ['its mark, whatever else is said', Uint8Array.from([0xef, 0xbb, 0xbf]), 'text/css; charset=gbk', 'big5', 'utf-8'],
  ['its page, where the header is nonsense', ASCII, 'text/css; charset=nonsense', 'gbk', 'gbk'],
  ['nobody', ASCII, 'text/css', '', 'utf-8'],
])) {
  test(`a sheet's encoding is told by ${name}`, () => assert.equal(cssEncoding(bytes, mediaType, fallback), encoding));
}

test('a font face has one key in the page and in its sheet', () => {
  runInThisContext(readFileSync(new URL('../../extension/inject/css.js', import.meta.url), 'utf-8'));
  const { faceKey } = /** @type {any} */ (globalThis).linkshotInject;
  const face = (/** @type {string} */ body) => cssReferences(`@font-face { src: url(a.woff2); ${body} }`)[0]?.face;
  // As Chromium and Firefox write a FontFace's own properties.
  assert.equal(face('font-family: "Noto Sans SC"; unicode-range: u+4e??, U+20'), faceKey('Noto Sans SC', 'U+4E00-4EFF, U+20'));
  assert.equal(face("font-family:'A'"), faceKey('"A"', 'U+0-10FFFF'));
  assert.equal(face('/* b */font-family: \\5B8B 体'), faceKey('宋体', 'U+0-10FFFF'));
  assert.notEqual(face('font-family: A; unicode-range: U+20'), face('font-family: A; unicode-range: U+21'));
});
