// The bytes of all that a page uses: from the page's own cache first, then by the worker; style sheets are followed.

import { MAX_RESOURCES } from '../shared/protocol.js';
import { fromBase64 } from './base64.js';
import { cssEncoding, cssReferences } from './css.js';
import { sha256 } from './digest.js';
import { callInject } from './frames.js';
import { fetchByWorker, withReferer } from './referer.js';
import { unlessSilent } from './silence.js';
import { unlessLeft } from './tabs.js';

/** @import { Missing } from '../shared/protocol.js' */
/** @import { CssReference } from './css.js' */
/** @import { FrameFetched, Wanted } from './asking.js' */
/** @import { Frame, TabAnswer } from './frames.js' */
/**
 * `baseUrl` is where a redirect led to, else "". A want's `encoding` is that of the document or style sheet it stands in, its
 * `fonts` are the files that its frame shows text in, null where the frame cannot tell; `faces` the keys of their faces.
 * @typedef {{ url: string, baseUrl: string, sha256: string, size: number, mediaType: string, bytes: Uint8Array<ArrayBuffer> | Blob }} Resource
 * @typedef {{ resources: Map<string, Resource>, missing: Map<string, string>, isCut: boolean }} Gathered
 * @typedef {Wanted & { frameId: number, pageUrl: string, encoding: string, fonts: Set<string> | null, faces: Set<string> }} Want
 * @typedef {{ url: string, baseUrl: string, mediaType: string, bytes: Uint8Array<ArrayBuffer> | Blob }} Whole
 * @typedef {Whole | { url: string, reason: string }} Brought
 */

/** Above this a resource is held as a Blob, which the browser may keep out of the worker's memory. */
const HOLD_BYTES = 256 * 1024;
const BATCH = 48;
const TAKE_BYTES = 3 * 1024 * 1024;
const MAX_CSS_DEPTH = 16;

/**
 * @param {number} tabId
 * @param {Pick<TabAnswer, 'frames' | 'fetched'>} answer
 * @param {(done: number, total: number) => void} onProgress
 * @returns {Promise<Gathered>}
 */
export async function gather(tabId, { frames, fetched }, onProgress) {
  /** @type {Gathered} */
  const gathered = { resources: new Map(), missing: new Map(), isCut: false };
  await Promise.all(frames.flatMap((frame) => frame.inline.map((entry) => keepInline(gathered, entry, tabId, frame))));
  const asked = new Set();
  let total = 0;
  /** @type {Want[]} */
  let round = frames.flatMap(wantsOf);
  for (let depth = 0; depth < MAX_CSS_DEPTH && round.length; depth += 1) {
    const fresh = round.filter(({ url }) => !asked.has(url) && asked.add(url)).slice(0, MAX_RESOURCES - total);
    gathered.isCut = asked.size > total + fresh.length;
    total += fresh.length;
    const tell = () => onProgress(gathered.resources.size + gathered.missing.size, total);
    // what is here already takes no time worth telling
    if (!fresh.every(({ frameId, url }) => fetched.get(frameId)?.has(url))) tell();
    const brought = await bringAll({ tabId, fetched }, fresh, tell);
    const next = await Promise.all(brought.map(({ want, result }) => keep(gathered, want, result)));
    round = next.flat();
    tell();
  }
  return gathered;
}

/** @param {Frame} frame @returns {Want[]} */
function wantsOf({ frameId, url: pageUrl, encoding = '', resources, used, faces }) {
  const fonts = used && new Set(used);
  const shown = new Set(faces);
  const wanted = resources.filter(({ kind, url }) => kind !== 'font' || !fonts || fonts.has(url));
  return wanted.map((entry) => ({ ...entry, frameId, pageUrl, encoding, fonts, faces: shown }));
}

/** @param {Gathered} gathered @param {{ url: string, mediaType: string, data: string | null, dataLength: number }} entry @param {number} tabId @param {Frame} frame */
async function keepInline(gathered, { url, mediaType, data, dataLength }, tabId, frame) {
  const text = data ?? (await takeAll(tabId, frame.frameId, `data:${url}`, dataLength));
  await store(gathered, { url, baseUrl: '', mediaType, bytes: fromBase64(text) });
}

/** @param {number} tabId @param {number} frameId @param {string} name @param {number} length */
async function takeAll(tabId, frameId, name, length) {
  let text = '';
  while (text.length < length) {
    const piece = await callInject(tabId, frameId, 'take', [name, text.length, TAKE_BYTES]);
    if (!piece) break;
    text += piece;
  }
  return text;
}

/** Store what came, or why it did not; answers what it refers to in turn. @param {Gathered} gathered @param {Want} want @param {Brought} brought @returns {Promise<Want[]>} */
async function keep(gathered, want, brought) {
  if ('reason' in brought) {
    gathered.missing.set(want.url, brought.reason);
    return [];
  }
  await store(gathered, brought);
  if (want.kind !== 'style' && !/^text\/css\b/i.test(brought.mediaType)) return [];
  const bytes = brought.bytes instanceof Blob ? new Uint8Array(await brought.bytes.arrayBuffer()) : brought.bytes;
  const encoding = cssEncoding(bytes, brought.mediaType, want.encoding);
  const isShown = fontChooser(want);
  return cssReferences(new TextDecoder(encoding).decode(bytes)).flatMap((reference) => {
    const absolute = resolve(reference.url, brought.baseUrl || want.url);
    if (!absolute || (reference.kind === 'font' && !isShown(reference, absolute))) return [];
    return [{ ...want, url: absolute, kind: reference.kind, encoding }];
  });
}

/** Which fonts of a sheet the frame shows: those that it loaded, or where it cannot tell, of each face that it shows text in the first that a browser reads. @param {Want} want */
function fontChooser({ fonts, faces }) {
  const chosen = new Set();
  return (/** @type {CssReference} */ { face = '', place }, /** @type {string} */ url) => {
    if (fonts) return fonts.has(url);
    if (!faces.has(face) || chosen.has(place) || /\.(?:eot|svg)(?:[?#]|$)/i.test(url)) return false;
    chosen.add(place);
    return true;
  };
}

/** @param {string} reference @param {string} base */
function resolve(reference, base) {
  if (!URL.canParse(reference, base)) return null;
  const url = new URL(reference, base);
  url.hash = '';
  return /^https?:|^file:/.test(url.protocol) ? url.href : null;
}

/** @param {Gathered} gathered @param {Whole} brought */
async function store(gathered, { url, baseUrl, mediaType, bytes }) {
  const plain = bytes instanceof Blob ? new Uint8Array(await bytes.arrayBuffer()) : bytes;
  const held = plain.length > HOLD_BYTES ? new Blob([plain]) : plain;
  gathered.resources.set(url, { url, baseUrl, sha256: await sha256(plain), size: plain.length, mediaType, bytes: held });
}

/** @typedef {{ want: Want, result: Brought }} Result */

/** @typedef {{ tabId: number, fetched: TabAnswer['fetched'] }} Source */

/** Each frame is asked for its own resources; what it may not read, the worker fetches. @param {Source} source @param {Want[]} wants @param {() => void} onProgress @returns {Promise<Result[]>} */
async function bringAll(source, wants, onProgress) {
  /** @type {Map<number, Want[]>} */
  const byFrame = new Map();
  for (const want of wants) byFrame.set(want.frameId, [...(byFrame.get(want.frameId) ?? []), want]);
  const results = await Promise.all(
    [...byFrame].map(([frameId, mine]) => bringFromFrame(source, frameId, mine, onProgress)),
  );
  return results.flat();
}

/** @param {Source} source @param {number} frameId @param {Want[]} wants @param {() => void} onProgress @returns {Promise<Result[]>} */
async function bringFromFrame(source, frameId, wants, onProgress) {
  /** @type {Result[]} */
  const results = [];
  for (let at = 0; at < wants.length; at += BATCH) {
    const batch = wants.slice(at, at + BATCH);
    const answers = await askFrame(source, frameId, batch);
    const retry = batch.filter((_, index) => /^(refused|failed)$/.test(answers[index]?.reason ?? ''));
    const again = await bringByWorker(retry);
    for (const [index, want] of batch.entries()) {
      const result = again.get(want.url) ?? (await broughtBy(source.tabId, frameId, answers[index], want.url));
      results.push({ want, result });
    }
    onProgress();
  }
  return results;
}

/** What the frame brought with its first answer is not asked for again. @param {Source} source @param {number} frameId @param {Want[]} batch @returns {Promise<FrameFetched[]>} */
async function askFrame({ tabId, fetched }, frameId, batch) {
  const here = fetched.get(frameId) ?? new Map();
  const urls = batch.map(({ url }) => url).filter((url) => !here.has(url));
  const answers = urls.length ? await fetchInFrame(tabId, frameId, urls) : [];
  const fresh = new Map(urls.map((url, index) => [url, answers[index]]));
  return batch.map(({ url }) => here.get(url) ?? fresh.get(url));
}

/** @param {number} tabId @param {number} frameId @param {string[]} urls @returns {Promise<FrameFetched[]>} */
async function fetchInFrame(tabId, frameId, urls) {
  try {
    return await unlessLeft(tabId, unlessSilent(tabId, frameId, callInject(tabId, frameId, 'fetchResources', [urls, {}])));
  } catch {
    // the frame went away meanwhile, or answers no more: the worker fetches what it named
    return urls.map((url) => ({ url, reason: 'failed', mediaType: '', size: 0, data: null }));
  }
}

/** @param {Want[]} wants @returns {Promise<Map<string, Brought>>} */
async function bringByWorker(wants) {
  const [first] = wants;
  if (!first) return new Map();
  const urls = wants.map(({ url }) => url);
  const fetched = await withReferer(first.pageUrl, urls, () => Promise.all(urls.map(fetchByWorker)));
  return new Map(
    fetched.map((result) => [
      result.url,
      'reason' in result ? result : { url: result.url, baseUrl: result.baseUrl, mediaType: result.mediaType, bytes: result.body },
    ]),
  );
}

/** @param {number} tabId @param {number} frameId @param {FrameFetched | undefined} answer @param {string} url @returns {Promise<Brought>} */
async function broughtBy(tabId, frameId, answer, url) {
  if (!answer || answer.reason) return { url, reason: answer?.reason ?? 'failed' };
  const { baseUrl = '', mediaType } = answer;
  if (answer.data !== null) return { url, baseUrl, mediaType, bytes: fromBase64(answer.data) };
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const pieces = [];
  for (let at = 0; at < answer.size; at += TAKE_BYTES) {
    const text = await callInject(tabId, frameId, 'take', [`bytes:${url}`, at, TAKE_BYTES]);
    pieces.push(fromBase64(text));
  }
  return { url, baseUrl, mediaType, bytes: new Blob(pieces) };
}
