// Every frame of a tab as inject/ hands it over, with the browser's id of the frame that can answer for it.

import { browser } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';
import { INJECT_FILES } from '../shared/inject_files.js';
import { nameByElements, nameFrames, withKey } from './frame_keys.js';
import { foreignFrameIds, frameList } from './origins.js';
import { withWhatShows } from './shown.js';

/** @import { Missing } from '../shared/protocol.js' */
/** @import { Place } from './shown.js' */
/**
 * @typedef {{ url: string, kind: 'style' | 'image' | 'font' | 'media' | 'frame' | 'other' }} Wanted
 * @typedef {{ url: string, mediaType: string, data: string | null, dataLength: number }} Inline
 * @typedef {{
 *   frame: string, url: string, baseUrl: string, title: string, html: string | null, htmlLength: number, mediaType: string, encoding?: string,
 *   resources: Wanted[], inline: Inline[], missing: Missing[], fontsDeclared: number, used: string[] | null, faces: string[], warnings: string[],
 *   heldAs?: string, named?: { from: string, key: string },
 *   onScreen: ({ url: string } & Place)[],
 * }} FrameAnswer
 * @typedef {{ key: string, url: string, place: Place | null, frameId?: number }} Foreign
 * @typedef {{ frames: FrameAnswer[], foreign: Foreign[], timings: { settle: number, serialise: number } }} Answer
 * @typedef {FrameAnswer & { html: string, frameId: number }} Frame
 * @typedef {{ url: string, baseUrl?: string, reason?: string, mediaType: string, size: number, data: string | null }} FrameFetched
 * @typedef {{
 *   frames: Frame[], timings: { settle: number, serialise: number }, missing: Missing[], status: number | null,
 *   fetched: Map<number, Map<string, FrameFetched>>,
 * }} TabAnswer
 * @typedef {{ answer: Answer, status: number | null, fetched: FrameFetched[] }} InPage
 * @typedef {{ frameId: number, result?: InPage, error?: unknown }} FrameResult
 */

/** More at once would hold up the page while it is handed over. */
const TAKE_CHARS = 2_000_000;
/** A frame that never answers must not hold up the page. */
const SILENT_MS = 10_000;

const ANSWER = '/inject/tab_answer.js';
const TAKE = '/inject/tab_take.js';

/** Tabs whose popup has sent the scripts ahead. @type {Set<number>} */
const sentAhead = new Set();

/** The popup of this tab has sent the scripts ahead: the next reading takes what they have begun. @param {number} tabId */
export function expectScripts(tabId) {
  sentAhead.add(tabId);
}

/**
 * Read all frames of a tab, and such of their bytes as come at once.
 * @param {number} tabId
 * @param {{ isSelection?: boolean }} [options]
 * @returns {Promise<TabAnswer>}
 */
export async function readFrames(tabId, { isSelection = false } = {}) {
  const asked = askTop(tabId, isSelection);
  // frames known to be foreign settle while the top does
  const early = foreignFrameIds(tabId).then((ids) => askEach(tabId, ids));
  early.catch(() => {});
  const [top] = await asked.catch((error) => {
    throw refusal(error);
  });
  if (!top?.result) throw await faultOf(tabId, top);
  const { answer, status } = top.result;
  const others = answer.foreign.length ? await askOthers(tabId, answer, early) : [];
  const results = [{ frameId: 0, result: top.result }, ...others];
  const answers = results.map(({ result }) => result.answer);
  nameByElements(results);
  const unmatched = nameUnmatched(answers);
  const silent = silentFrames(answers);
  const missing = [...unmatched, ...silent.map(({ url }) => ({ url, reason: 'frame_silent' }))];
  const frames = results.flatMap(({ frameId, result }) => result.answer.frames.map((frame) => ({ ...frame, frameId })));
  const known = frames.filter(({ frame }) => !frame.startsWith('?'));
  const fetched = new Map(results.map(({ frameId, result }) => [frameId, new Map(result.fetched.map((entry) => [entry.url, entry]))]));
  const read = { frames: await withHtml(tabId, known), timings: answer.timings, missing, status, fetched };
  return withWhatShows(tabId, read, silent);
}

/** @param {number} tabId @param {boolean} isSelection */
async function askTop(tabId, isSelection) {
  const target = { tabId, frameIds: [0] };
  if (isSelection) {
    const func = () => {
      /** @type {any} */ (globalThis).linkshotInject = { .../** @type {any} */ (globalThis).linkshotInject, asked: { selection: true } };
    };
    await browser.scripting.executeScript({ target, func, injectImmediately: true });
  }
  const isAhead = sentAhead.delete(tabId) && !isSelection;
  const begun = isAhead ? await inject(target, [TAKE]) : [];
  return begun[0]?.result ? begun : capture(target);
}

/** Each frame by itself, so that one which went away or never answers costs only itself. @param {number} tabId @param {number[]} frameIds @returns {Promise<FrameResult[]>} */
async function askEach(tabId, frameIds) {
  const silence = new Promise((resolve) => setTimeout(resolve, SILENT_MS, []));
  const results = await Promise.all(
    frameIds.map((frameId) => Promise.race([capture({ tabId, frameIds: [frameId] }).catch(() => []), silence])),
  );
  return /** @type {FrameResult[]} */ (results.flat());
}

/** The frames that the top cannot reach: those asked early, and all others where that was not enough. @param {number} tabId @param {Answer} top @param {Promise<FrameResult[]>} early @returns {Promise<{ frameId: number, result: InPage }[]>} */
async function askOthers(tabId, top, early) {
  const answered = (await early).filter(hasResult);
  if (isCovered([top, ...answered.map(({ result }) => result.answer)])) return answered;
  const asked = new Set(answered.map(({ frameId }) => frameId));
  const ids = (await frameList(tabId)).map(({ frameId }) => frameId).filter((frameId) => frameId !== 0 && !asked.has(frameId));
  return [...answered, ...(await askEach(tabId, ids)).filter(hasResult)];
}

/** Has every frame that is named an answer, those without a key of their own counted? @param {Answer[]} answers */
function isCovered(answers) {
  const frames = answers.flatMap((answer) => answer.frames.map(({ frame }) => frame));
  const here = new Set(frames);
  const open = answers.flatMap(({ foreign }) => foreign).filter(({ key }) => !here.has(key));
  return open.length <= frames.filter((frame) => /^\?\d*$/.test(frame)).length;
}

/** @param {FrameResult} entry @returns {entry is { frameId: number, result: InPage }} */
function hasResult(entry) {
  return Boolean(entry.result?.answer);
}

/**
 * Load the scripts and have the last one's answer, in one call.
 * @param {chrome.scripting.InjectionTarget} target
 */
function capture(target) {
  return inject(target, [...INJECT_FILES, ANSWER]);
}

/** @param {chrome.scripting.InjectionTarget} target @param {string[]} files @returns {Promise<FrameResult[]>} */
async function inject(target, files) {
  return /** @type {any} */ (await browser.scripting.executeScript({ target, files, injectImmediately: true }));
}

/** A script that threw is a fault of ours; no answer means that the page went, or (Firefox) that it is the browser's own. @param {number} tabId @param {object | undefined} result */
async function faultOf(tabId, result) {
  const { error } = /** @type {{ error?: unknown }} */ (result ?? {});
  if (error) return new HostError('internal', String(error));
  const tab = await browser.tabs.get(tabId).catch(() => null);
  return new HostError(tab?.url && !/^(https?|file|blob|data):/.test(tab.url) ? 'page_not_capturable' : 'page_closed');
}

/** The code for the browser's refusal to run a script in a tab. @param {unknown} error */
function refusal(error) {
  const words = String(error);
  if (/No tab with id|Invalid tab ID|frame was removed|Frame with ID .* was removed/i.test(words)) {
    return new HostError('page_closed', '', { reason: words });
  }
  return new HostError('page_not_capturable', '', { reason: words });
}

/**
 * Frames of other origins in shadow roots do not know their key; the parent's list has it.
 * Puts the keys in; answers what found no match.
 * @param {Answer[]} answers
 * @returns {Missing[]}
 */
export function nameUnmatched(answers) {
  const taken = new Set(answers.flatMap(({ frames }) => frames.map(({ frame }) => frame)));
  const free = answers.flatMap(({ foreign }) => foreign).filter(({ key }) => !taken.has(key));
  /** @type {Missing[]} */
  const missing = [];
  for (const answer of answers) {
    const [root] = answer.frames;
    if (!root?.frame.startsWith('?')) continue;
    const at = free.findIndex(({ url }) => url === root.url);
    const [match] = free.splice(at >= 0 ? at : free.length === 1 ? 0 : free.length, 1);
    if (!match) missing.push({ url: root.url, reason: 'frame_unmatched' });
    else nameFrames(answer, match.key);
  }
  return missing;
}

/** Frames that did not answer. @param {Answer[]} answers @returns {Foreign[]} */
export function silentFrames(answers) {
  const here = new Set(answers.flatMap(({ frames }) => frames.map(({ frame }) => frame)));
  return answers.flatMap(({ foreign }) => foreign).filter(({ key }) => !here.has(key));
}

/** Fetch the documents that were too long for the answer, and what is held under the key of a frame that did not know its own. @param {number} tabId @param {(FrameAnswer & { frameId: number })[]} frames @returns {Promise<Frame[]>} */
async function withHtml(tabId, frames) {
  const whole = [];
  for (const frame of frames) {
    const { frameId, heldAs, inline } = frame;
    frame.html ??= await takeText(tabId, frameId, `html:${heldAs ?? frame.frame}`, frame.htmlLength);
    for (const entry of heldAs ? inline : []) entry.data ??= await takeText(tabId, frameId, `data:${entry.url}`, entry.dataLength);
    whole.push(withKey(frame));
  }
  return /** @type {Frame[]} */ (whole);
}

/** @param {number} tabId @param {number} frameId @param {string} name @param {number} length */
export async function takeText(tabId, frameId, name, length) {
  const pieces = [];
  for (let at = 0; at < length; ) {
    const piece = await callInject(tabId, frameId, 'take', [name, at, Math.min(TAKE_CHARS, length - at)]);
    if (!piece) throw new HostError('page_closed');
    pieces.push(piece);
    at += piece.length;
  }
  return pieces.join('');
}

/**
 * Call a function of linkshotInject in one frame.
 * @param {number} tabId
 * @param {number} frameId
 * @param {'fetchResources' | 'take' | 'release'} name
 * @param {unknown[]} args
 */
export async function callInject(tabId, frameId, name, args) {
  const [answer] = await browser.scripting.executeScript({
    target: { tabId, frameIds: [frameId] },
    args: [name, args],
    func: (/** @type {string} */ called, /** @type {unknown[]} */ given) =>
      /** @type {any} */ (globalThis).linkshotInject[called](...given),
    injectImmediately: true,
  });
  return /** @type {any} */ (answer?.result);
}
