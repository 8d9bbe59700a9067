// One capture over the wire: the plan, then the bytes that the host lacks, a window of chunks at a time, then the commit.

import { ACTIONS, CHUNK_BYTES, FLIGHT_BYTES, HostError, WINDOW } from '../shared/protocol.js';
import { toBase64 } from './base64.js';

/** @import { Saved } from '../shared/protocol.js' */
/** @import { Payload } from './outbox.js' */
/** @typedef {(action: string, fields: Record<string, unknown>, options?: { timeoutMs?: number }) => Promise<any>} Ask */
/** @typedef {(sent: number, total: number) => void} OnProgress */

const BEGIN_MS = 60_000;
const WRITE_MS = 60_000;
const COMMIT_MS = 300_000;

/**
 * Send a capture; answers what the host saved.
 * @param {Ask} ask
 * @param {Payload} payload
 * @param {{ tags: string[], note: string, isKept: boolean, onProgress?: OnProgress }} options `isKept`: the link is known to be in the library
 * @returns {Promise<Saved>}
 */
export async function sendCapture(ask, payload, options) {
  if (options.isKept) {
    const saved = await repeat(ask, payload, options);
    if (saved) return saved;
  } else if (sizeOf(payload) <= FLIGHT_BYTES) {
    const saved = await sendAtOnce(ask, payload, options);
    if (saved) return saved;
  }
  try {
    return await sendPlan(ask, payload, options);
  } catch (error) {
    // once more from the start: the host restarted, or a chunk came out wrong
    if (!(error instanceof HostError) || !/^upload_/.test(error.code)) throw error;
    return sendPlan(ask, payload, options);
  }
}

/** @param {Pick<Payload, 'bytes'>} payload */
function sizeOf({ bytes }) {
  return bytes instanceof ArrayBuffer ? bytes.byteLength : bytes.size;
}

/** A new version of a page that did not change costs one small message. @param {Ask} ask @param {Payload} payload @param {{ tags: string[], note: string }} options @returns {Promise<Saved | null>} */
async function repeat(ask, { capture_id, digest, plan }, { tags, note }) {
  const { page_url, title, captured_at } = plan;
  const fields = { capture_id, digest, page_url, title, captured_at, tags, note };
  const reply = await ask(ACTIONS.captureBegin, fields, { timeoutMs: BEGIN_MS });
  return reply.saved ?? null;
}

/**
 * A small capture goes in one flight, without waiting to hear what the host lacks; null where it asked for something else.
 * @param {Ask} ask
 * @param {Payload} payload
 * @param {{ tags: string[], note: string }} options
 * @returns {Promise<Saved | null>}
 */
async function sendAtOnce(ask, payload, { tags, note }) {
  const begunAt = performance.now();
  const begin = ask(ACTIONS.captureBegin, { plan: { ...payload.plan, tags, note } }, { timeoutMs: BEGIN_MS });
  const chunks = chunksOf(payload, Object.keys(payload.parts), Object.keys(payload.parts).map((_, index) => [index, 0]));
  const sending = writeAll(ask, payload, chunks);
  await sending.posted;
  const commit = ask(ACTIONS.captureCommit, commitOf(payload, chunks, begunAt), { timeoutMs: COMMIT_MS });
  const [begun, written, committed] = await Promise.allSettled([begin, sending.answered, commit]);
  if (committed.status === 'fulfilled') return committed.value.saved;
  if (begun.status === 'rejected') throw begun.reason;
  if (begun.value.saved) return begun.value.saved;
  const reason = written.status === 'rejected' ? written.reason : committed.reason;
  if (reason instanceof HostError && /^upload_/.test(reason.code)) return null;
  throw reason;
}

/** @param {Payload} payload @param {Chunk[]} chunks @param {number} begunAt */
function commitOf({ capture_id, plan }, chunks, begunAt) {
  const sent = chunks.reduce((sum, { size }) => sum + size, 0);
  return { capture_id, timings_ms: { ...plan.timings_ms, transfer: Math.round(performance.now() - begunAt) }, sent };
}

/** @param {Ask} ask @param {Payload} payload @param {{ tags: string[], note: string, onProgress?: OnProgress }} options @returns {Promise<Saved>} */
async function sendPlan(ask, payload, { tags, note, onProgress }) {
  const begunAt = performance.now();
  const plan = { ...payload.plan, tags, note };
  const reply = await ask(ACTIONS.captureBegin, { plan }, { timeoutMs: BEGIN_MS });
  if (reply.saved) return reply.saved;
  const hashes = [...plan.documents, ...plan.resources].map(({ sha256 }) => sha256);
  const chunks = chunksOf(payload, hashes, reply.need ?? []);
  const sending = writeAll(ask, payload, chunks, onProgress);
  // The host answers in order, so the commit follows the last chunks without waiting for their answers.
  await sending.posted;
  const commit = ask(ACTIONS.captureCommit, commitOf(payload, chunks, begunAt), { timeoutMs: COMMIT_MS });
  // a failed chunk says more than the commit that failed for its sake
  const [written, committed] = await Promise.allSettled([sending.answered, commit]);
  if (committed.status === 'fulfilled') return committed.value.saved;
  throw written.status === 'rejected' ? written.reason : committed.reason;
}

/** @typedef {{ sha256: string, start: number, offset: number, size: number }} Chunk */

/**
 * The chunks to write, in order; an empty blob is one chunk of nothing.
 * @param {Pick<Payload, 'parts'>} payload
 * @param {string[]} hashes by the plan's numbers
 * @param {[number, number][]} need
 * @returns {Chunk[]}
 */
export function chunksOf({ parts }, hashes, need) {
  return need.flatMap(([index, from]) => {
    const sha256 = hashes[index];
    const part = sha256 === undefined ? undefined : parts[sha256];
    if (!sha256 || !part) throw new HostError('message_invalid', `the host asked for blob ${index}`);
    const [start, size] = part;
    /** @type {Chunk[]} */
    const chunks = [];
    for (let offset = from; offset < size || (size === 0 && !chunks.length); offset += CHUNK_BYTES) {
      chunks.push({ sha256, start, offset, size: Math.min(CHUNK_BYTES, size - offset) });
    }
    return chunks;
  });
}

/**
 * Write chunks with at most WINDOW unanswered, or more where they are small; `posted` when the last is on its way, `answered` when all are answered.
 * @param {Ask} ask
 * @param {Payload} payload
 * @param {Chunk[]} chunks
 * @param {OnProgress} [onProgress]
 */
function writeAll(ask, payload, chunks, onProgress) {
  const total = chunks.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  let flying = 0;
  /** @type {Set<Promise<void>>} */
  const open = new Set();
  /** @type {Promise<void>[]} */
  const all = [];
  const postAll = async () => {
    for (const chunk of chunks) {
      while (open.size >= WINDOW && flying + chunk.size > FLIGHT_BYTES) await Promise.race(open);
      flying += chunk.size;
      const data = toBase64(await bytesAt(payload.bytes, chunk.start + chunk.offset, chunk.size));
      const fields = { capture_id: payload.capture_id, sha256: chunk.sha256, offset: chunk.offset, data };
      const write = ask(ACTIONS.blobWrite, fields, { timeoutMs: WRITE_MS }).then(() => {
        done += chunk.size;
        flying -= chunk.size;
        open.delete(write);
        onProgress?.(done, total);
      });
      // rejections are seen by the race above or by `answered`
      write.catch(() => {});
      open.add(write);
      all.push(write);
    }
  };
  const posted = postAll();
  const answered = posted.then(() => Promise.all(all));
  answered.catch(() => {});
  return { posted, answered };
}

/** @param {Blob | ArrayBuffer} bytes @param {number} start @param {number} size */
async function bytesAt(bytes, start, size) {
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes, start, size);
  return new Uint8Array(await bytes.slice(start, start + size).arrayBuffer());
}
