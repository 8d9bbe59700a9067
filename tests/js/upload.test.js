// The wire's order: what is sent, what is not, and what happens when the host says no.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chunksOf, sendCapture } from '../../extension/background/upload.js';
import { CHUNK_BYTES, FLIGHT_BYTES, HostError, WINDOW } from '../../extension/shared/protocol.js';

/** @import { Payload } from '../../extension/background/outbox.js' */

/** @param {number} size @returns {Payload} */
function payload(size = 10) {
  return /** @type {any} */ ({
    capture_id: 'c'.repeat(32),
    digest: 'd'.repeat(64),
    plan: { page_url: 'http://a/', title: 'A', captured_at: 'now', documents: [{ sha256: 'a' }], resources: [{ sha256: 'b' }], timings_ms: {} },
    parts: { a: [0, size], b: [size, size] },
    bytes: new Uint8Array(2 * size).buffer,
  });
}

/** A host of the wire's rules. @param {{ need?: [number, number][], refuse?: Record<string, string>, isUnchanged?: boolean }} [rules] */
function host({ need = [[0, 0], [1, 0]], refuse = {}, isUnchanged = false } = {}) {
  /** @type {string[]} */
  const log = [];
  const open = { now: 0, most: 0 };
  /** @type {import('../../extension/background/upload.js').Ask} */
  const ask = async (action, fields) => {
    log.push(action === 'blob.write' ? `write ${fields.sha256} ${fields.offset}` : fields.digest ? 'digest' : action);
    open.now += 1;
    open.most = Math.max(open.most, open.now);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open.now -= 1;
    const code = refuse[action];
    if (code) {
      delete refuse[action];
      throw new HostError(code);
    }
    if (fields.digest) return isUnchanged ? { saved: 'repeated' } : { plan_wanted: true };
    if (action === 'capture.begin') return { need };
    return action === 'capture.commit' ? { saved: 'saved' } : {};
  };
  return { ask, log, open };
}

const OPTIONS = { tags: [], note: '', isKept: false };

test('a new page goes as plan, blobs, commit', async () => {
  const { ask, log } = host();
  assert.equal(await sendCapture(ask, payload(), OPTIONS), 'saved');
  assert.deepEqual(log, ['capture.begin', 'write a 0', 'write b 0', 'capture.commit']);
});

test('a small page does not wait to hear what the host lacks', async () => {
  const { ask, open } = host();
  await sendCapture(ask, payload(), OPTIONS);
  assert.equal(open.most, 4);
});

test('a small page whose flight failed goes step by step', async () => {
  const { ask, log } = host({ refuse: { 'capture.commit': 'upload_unknown' } });
  assert.equal(await sendCapture(ask, payload(), OPTIONS), 'saved');
  assert.equal(log.filter((entry) => entry === 'capture.begin').length, 2);
});

test('only what the host lacks crosses', async () => {
  const { ask, log } = host({ need: [[0, 4]] });
  await sendCapture(ask, payload(FLIGHT_BYTES), OPTIONS);
  assert.deepEqual(log, ['capture.begin', 'write a 4', 'capture.commit']);
});

test('an unchanged page costs one message', async () => {
  const { ask, log } = host({ isUnchanged: true });
  assert.equal(await sendCapture(ask, payload(), { ...OPTIONS, isKept: true }), 'repeated');
  assert.deepEqual(log, ['digest']);
});

test('a changed page follows its digest with the plan', async () => {
  const { ask, log } = host({ need: [] });
  await sendCapture(ask, payload(), { ...OPTIONS, isKept: true });
  assert.deepEqual(log, ['digest', 'capture.begin', 'capture.commit']);
});

test('a blob that came out wrong is sent once more', async () => {
  const { ask, log } = host({ refuse: { 'blob.write': 'upload_invalid', 'capture.commit': 'upload_invalid' } });
  assert.equal(await sendCapture(ask, payload(), OPTIONS), 'saved');
  assert.equal(log.filter((entry) => entry === 'capture.begin').length, 2);
});

test('a full disk is told, not tried again', async () => {
  const { ask, log } = host({ refuse: { 'blob.write': 'disk_full', 'capture.commit': 'upload_invalid' } });
  await assert.rejects(sendCapture(ask, payload(), OPTIONS), { code: 'disk_full' });
  assert.equal(log.filter((entry) => entry === 'capture.begin').length, 1);
});

test('no more than the window is ever unanswered', async () => {
  const { ask, open } = host({ need: [[0, 0]] });
  await sendCapture(ask, payload(9 * CHUNK_BYTES), OPTIONS);
  // the commit follows the last window without waiting for it
  assert.ok(open.most <= WINDOW + 1);
});

test('an empty blob is one chunk of nothing', () => {
  assert.deepEqual(chunksOf({ parts: { a: [0, 0] } }, ['a'], [[0, 0]]), [{ sha256: 'a', start: 0, offset: 0, size: 0 }]);
});

test('a host that asks for what is not there is refused', () => {
  assert.throws(() => chunksOf({ parts: {} }, [], [[3, 0]]), { code: 'message_invalid' });
});
