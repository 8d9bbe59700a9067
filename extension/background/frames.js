// Every frame of a tab as inject/ hands it over, with the browser's id of the frame that can answer for it.

import { browser } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';

/** @import { Missing } from '../shared/protocol.js' */
/**
 * @typedef {{ url: string, kind: 'style' | 'image' | 'font' | 'media' | 'frame' | 'other' }} Wanted
 * @typedef {{ url: string, mediaType: string, data: string | null, dataLength: number }} Inline
 * @typedef {{
 *   frame: string, url: string, baseUrl: string, title: string, html: string | null, htmlLength: number, mediaType: string, encoding?: string,
 *   resources: Wanted[], inline: Inline[], missing: Missing[], fontsDeclared: number, used: string[] | null, warnings: string[],
 * }} FrameAnswer
 * @typedef {{ frames: FrameAnswer[], foreign: { key: string, url: string }[], timings: { settle: number, serialise: number } }} Answer
 * @typedef {FrameAnswer & { html: string, frameId: number }} Frame
 * @typedef {{ frames: Frame[], timings: { settle: number, serialise: number }, missing: Missing[], status: number | null }} TabAnswer
 */

const TAKE_CHARS = 8_000_000;

/** @type {Promise<string[]> | null} */
let files = null;

/** The scripts to load into a page, in order. */
export function injectFiles() {
  files ??= fetch(browser.runtime.getURL('inject/files.json'))
    .then((response) => response.json())
    .then((/** @type {string[]} */ names) => names.map((name) => `inject/${name}`));
  return files;
}

/**
 * Read all frames of a tab.
 * @param {number} tabId
 * @returns {Promise<TabAnswer>}
 */
export async function readFrames(tabId) {
  const [top] = await capture({ tabId, frameIds: [0] }, {}).catch((error) => {
    throw refusal(error);
  });
  if (!top?.result) throw await faultOf(tabId, top);
  const { answer, status } = top.result;
  const answers = [{ frameId: 0, answer }];
  if (answer.foreign.length) {
    const others = await capture({ tabId, allFrames: true }, { foreignOnly: true });
    for (const { frameId, result } of others) {
      if (frameId !== 0 && result?.answer) answers.push({ frameId, answer: result.answer });
    }
  }
  const missing = nameUnmatched(answers.map((entry) => entry.answer));
  const frames = answers.flatMap((entry) => entry.answer.frames.map((frame) => ({ ...frame, frameId: entry.frameId })));
  const known = frames.filter(({ frame }) => !frame.startsWith('?'));
  return { frames: await withHtml(tabId, known), timings: answer.timings, missing, status };
}

/**
 * Load the scripts and ask; both calls are on their way before the first is answered.
 * @param {chrome.scripting.InjectionTarget} target
 * @param {Record<string, unknown>} options
 * @returns {Promise<{ frameId: number, result?: { answer: Answer, status: number | null } }[]>}
 */
async function capture(target, options) {
  await browser.scripting.executeScript({ target, files: await injectFiles(), injectImmediately: true });
  const results = await browser.scripting.executeScript({
    target,
    args: [options],
    func: captureHere,
    injectImmediately: true,
  });
  return /** @type {any} */ (results);
}

/** Runs in the page. @param {Record<string, unknown>} options */
async function captureHere(options) {
  const { linkshotInject } = /** @type {any} */ (globalThis);
  const [navigation] = /** @type {any[]} */ (performance.getEntriesByType('navigation'));
  return { answer: await linkshotInject.captureFrame(options), status: navigation?.responseStatus || null };
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
  for (const { frames } of answers) {
    const root = frames.find(({ frame }) => frame === '?');
    if (!root) continue;
    const at = free.findIndex(({ url }) => url === root.url);
    const [match] = free.splice(at >= 0 ? at : free.length === 1 ? 0 : free.length, 1);
    if (!match) missing.push({ url: root.url, reason: 'frame_unmatched' });
    else frames.forEach((entry) => Object.assign(entry, { frame: entry.frame.replace('?', match.key) }));
  }
  return missing;
}

/** Fetch the documents that were too long for the answer. @param {number} tabId @param {(FrameAnswer & { frameId: number })[]} frames @returns {Promise<Frame[]>} */
async function withHtml(tabId, frames) {
  for (const frame of frames) {
    frame.html ??= await takeText(tabId, frame.frameId, `html:${frame.frame}`, frame.htmlLength);
  }
  return /** @type {Frame[]} */ (frames);
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
