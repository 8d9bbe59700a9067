// Every frame of a tab as inject/ hands it over, with the browser's id of the frame that can answer for it.

import { browser } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';
import { askEach, askFirst, askOthers, hasResult } from './asking.js';
import { nameByElements, nameFrames, withKey } from './frame_keys.js';
import { foreignFrameIds } from './origins.js';
import { withWhatShows } from './shown.js';
import { findTab } from './tabs.js';

/** @import { Missing } from '../shared/protocol.js' */
/** @import { Answer, Foreign, FrameAnswer, FrameFetched } from './asking.js' */
/**
 * @typedef {FrameAnswer & { html: string, frameId: number }} Frame
 * @typedef {{
 *   frames: Frame[], timings: { settle: number, serialise: number }, missing: Missing[], status: number | null,
 *   fetched: Map<number, Map<string, FrameFetched>>, page: { url: string, title: string } | null,
 * }} TabAnswer
 */

/** More at once would hold up the page while it is handed over. */
const TAKE_CHARS = 2_000_000;

/**
 * Read all frames of a tab, and such of their bytes as come at once; `page` is what the tab shows, where the first frame is not the top one.
 * @param {number} tabId
 * @param {{ selectionFrame?: number | null }} [options] the frame of which only the selected part is wanted
 * @returns {Promise<TabAnswer>}
 */
export async function readFrames(tabId, { selectionFrame = null } = {}) {
  const asked = askFirst(tabId, selectionFrame);
  // frames known to be foreign settle while the top does
  const early = selectionFrame === null ? foreignFrameIds(tabId).then((ids) => askEach(tabId, ids)) : Promise.resolve([]);
  early.catch(() => {});
  const [first] = await asked.catch((error) => {
    throw refusal(error);
  });
  if (!hasResult(first)) throw await faultOf(tabId, first);
  const { answer, status } = first.result;
  const others = answer.foreign.length ? await askOthers(tabId, first, early) : [];
  const results = [first, ...others];
  const answers = results.map(({ result }) => result.answer);
  // A selected frame's document is the first one, whatever its key.
  if (answer.frames[0]?.frame.startsWith('?')) nameFrames(answer, '0');
  nameByElements(results);
  const unmatched = nameUnmatched(answers);
  const silent = silentFrames(answers);
  const missing = [...unmatched, ...silent.map(({ url }) => ({ url, reason: 'frame_silent' }))];
  const frames = results.flatMap(({ frameId, result }) => result.answer.frames.map((frame) => ({ ...frame, frameId })));
  const known = frames.filter(({ frame }) => !frame.startsWith('?'));
  const fetched = new Map(results.map(({ frameId, result }) => [frameId, new Map(result.fetched.map((entry) => [entry.url, entry]))]));
  const page = first.frameId ? await shownPage(tabId) : null;
  const read = { frames: await withHtml(tabId, known), timings: answer.timings, missing, status, fetched, page };
  return withWhatShows(tabId, read, silent);
}

/** @param {number} tabId */
async function shownPage(tabId) {
  const { url = '', title = '' } = await findTab(tabId);
  return { url, title };
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
