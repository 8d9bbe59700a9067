// Hashes and the plan's digest.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { fromBase64, toBase64 } from '../../extension/background/base64.js';
import { digestOf, newCaptureId } from '../../extension/background/digest.js';

test('the digest is that of the sorted lines, without the page’s own address and its default icon', async () => {
  const plan = /** @type {any} */ ({
    page_url: 'http://a/x',
    documents: [
      { frame: '', url: 'http://a/', sha256: 'f'.repeat(64) },
      { frame: '0', url: 'http://a/0', sha256: 'e'.repeat(64) },
      { frame: '1', url: 'http://a/', sha256: 'e'.repeat(64) },
    ],
    resources: [
      { url: 'http://a/中', sha256: '0'.repeat(64) },
      { url: 'http://a/b', sha256: '1'.repeat(64) },
      { url: 'http://a/favicon.ico', sha256: '2'.repeat(64) },
    ],
  });
  const lines = [
    `D   ${'f'.repeat(64)}`,
    `D 0 http://a/0 ${'e'.repeat(64)}`,
    `D 1  ${'e'.repeat(64)}`,
    `R http://a/b ${'1'.repeat(64)}`,
    `R http://a/中 ${'0'.repeat(64)}`,
  ];
  assert.equal(await digestOf(plan), createHash('sha256').update(lines.join('\n')).digest('hex'));
});

test('a capture id is 32 hexadecimal digits', () => {
  assert.match(newCaptureId(), /^[0-9a-f]{32}$/);
});

test('bytes survive base64', () => {
  const bytes = Uint8Array.from({ length: 100_003 }, (_, index) => index % 256);
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
});
