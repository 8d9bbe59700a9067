// One capture of one tab: its frames, then the bytes they use, then a plan with all bytes in one payload.

import { browserName } from '../shared/browser.js';
import { HostError, MAX_DOCUMENTS } from '../shared/protocol.js';
import { hasAccess } from './access.js';
import { digestOf, sha256 } from './digest.js';
import { callInject, readFrames } from './frames.js';
import { gather } from './gather.js';
import { addIcon } from './icon.js';
import { checkPdf, readAsPdf } from './pdf.js';
import { unlessSilent } from './silence.js';
import { findTab, unlessLeft } from './tabs.js';

/** @import { CapturePlan, PlannedDocument } from '../shared/protocol.js' */
/** @import { Frame, TabAnswer } from './frames.js' */
/** @import { Gathered, Resource } from './gather.js' */
/** @import { Payload } from './outbox.js' */
/** @typedef {(step: 'gathering', done: number, total: number) => void} OnStep */

/** Up to here a payload is one buffer in memory, which IndexedDB writes faster than a Blob. */
const BUFFER_BYTES = 4 * 1024 * 1024;
/** A plan is one frame into the host; see MAX_REQUEST_BYTES in host/PROTOCOL.md. */
const PLAN_CHARS = 7 * 1024 * 1024;

/**
 * Capture the page in a tab.
 * @param {number} tabId
 * @param {string} captureId
 * @param {{ onStep: OnStep, selectionFrame: number | null }} options
 * @returns {Promise<Payload>}
 */
export async function captureTab(tabId, captureId, { onStep, selectionFrame }) {
  const capturedAt = new Date().toISOString();
  const tab = findTab(tabId).catch(() => null);
  const { answer, refused } = await read(tabId, selectionFrame);
  // a selected frame is not what the tab's icon stands for
  const icon = answer.page || refused ? '' : addIcon(answer.frames[0], (await tab)?.favIconUrl ?? '');
  const begunAt = performance.now();
  const gathered = await gather(tabId, answer, (done, total) => onStep('gathering', done, total));
  if (refused) await checkPdf(answer.frames[0]?.url ?? '', gathered, refused);
  gathered.missing.delete(icon);
  release(tabId, answer.frames);
  const documents = await Promise.all(answer.frames.slice(0, MAX_DOCUMENTS).map(planDocument));
  const plan = planOf(captureId, capturedAt, answer, gathered);
  const isLacking = plan.missing.length && !(await hasAccess());
  plan.warnings.push(...(isLacking ? ['site_access_partial'] : []));
  plan.documents = documents.map(({ planned }) => planned);
  plan.timings_ms.gather = Math.round(performance.now() - begunAt);
  boundPlan(plan);
  const blobs = [...documents.map(({ planned, bytes }) => ({ ...planned, bytes })), ...gathered.resources.values()];
  return { capture_id: captureId, plan, digest: await digestOf(plan), ...packed(blobs) };
}

/** What the tab shows; where the browser `refused` to let a script in, as if that were a PDF. @param {number} tabId @param {number | null} selectionFrame */
async function read(tabId, selectionFrame) {
  try {
    return { answer: await unlessLeft(tabId, unlessSilent(tabId, 0, readFrames(tabId, { selectionFrame }))), refused: null };
  } catch (error) {
    if (!(error instanceof HostError) || error.code !== 'page_not_capturable') throw error;
    return { answer: await readAsPdf(tabId, error), refused: error };
  }
}

/** Let the pages forget what they hold; nobody waits for it. @param {number} tabId @param {Frame[]} frames */
function release(tabId, frames) {
  for (const frameId of new Set(frames.map((frame) => frame.frameId))) {
    // a frame that is gone holds nothing
    callInject(tabId, frameId, 'release', []).catch(() => {});
  }
}

/** @param {Frame} frame @returns {Promise<{ planned: PlannedDocument, bytes: Uint8Array<ArrayBuffer> }>} */
async function planDocument(frame) {
  const bytes = new TextEncoder().encode(frame.html);
  return {
    planned: {
      frame: frame.frame,
      url: frame.url,
      base_url: frame.baseUrl,
      sha256: await sha256(bytes),
      size: bytes.length,
      media_type: frame.mediaType || 'text/html',
      encoding: frame.encoding ?? '',
    },
    bytes,
  };
}

/** @param {string} captureId @param {string} capturedAt @param {TabAnswer} answer @param {Gathered} gathered @returns {CapturePlan} */
function planOf(captureId, capturedAt, answer, gathered) {
  const { frames, timings, status, page } = answer;
  const [top] = frames;
  if (!top) throw new HostError('page_closed');
  return {
    capture_id: captureId,
    page_url: (page ?? top).url,
    title: (page ?? top).title.slice(0, 10_000).toWellFormed(),
    captured_at: capturedAt,
    via: 'tab',
    documents: [],
    resources: [...gathered.resources.values()].map(({ url, baseUrl, sha256: hash, size, mediaType }) => ({
      url,
      base_url: baseUrl,
      sha256: hash,
      size,
      media_type: mediaType || 'application/octet-stream',
    })),
    missing: [
      ...frames.flatMap((frame) => frame.missing),
      ...answer.missing,
      ...[...gathered.missing].map(([url, reason]) => ({ url, reason })),
    ],
    warnings: [...new Set(frames.flatMap((frame) => frame.warnings)), ...(gathered.isCut ? ['too_many_resources'] : [])],
    agent: browserName(),
    status,
    fonts_declared: frames.reduce((sum, frame) => sum + frame.fontsDeclared, 0),
    timings_ms: { settle: timings.settle, serialise: timings.serialise, gather: 0, transfer: 0, assemble: 0 },
    tags: [],
    note: '',
  };
}

/** Cut a plan that would not fit one message; what is cut is said. @param {CapturePlan} plan */
function boundPlan(plan) {
  let chars = JSON.stringify(plan).length;
  while (chars > PLAN_CHARS && plan.resources.length) {
    const dropped = plan.resources.pop();
    chars -= JSON.stringify(dropped).length;
    if (!plan.warnings.includes('too_many_resources')) plan.warnings.push('too_many_resources');
  }
}

/** All bytes end to end, each hash once. @param {Pick<Resource, 'sha256' | 'size' | 'bytes'>[]} blobs @returns {Pick<Payload, 'parts' | 'bytes'>} */
export function packed(blobs) {
  /** @type {Record<string, [number, number]>} */
  const parts = {};
  const pieces = [];
  let end = 0;
  for (const { sha256: hash, size, bytes } of blobs) {
    if (parts[hash]) continue;
    parts[hash] = [end, size];
    pieces.push(bytes);
    end += size;
  }
  const isSmall = end <= BUFFER_BYTES && pieces.every((piece) => piece instanceof Uint8Array);
  return { parts, bytes: isSmall ? joined(/** @type {Uint8Array[]} */ (pieces), end) : new Blob(pieces) };
}

/** @param {Uint8Array[]} pieces @param {number} length */
function joined(pieces, length) {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole.buffer;
}
