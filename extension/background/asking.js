// Asking the frames of a tab: the scripts go in, and each frame answers for itself and those below that it reaches.

import { browser } from '../shared/browser.js';
import { INJECT_FILES } from '../shared/inject_files.js';
import { isOpenedBehind } from './behind.js';
import { frameList } from './origins.js';

/** @import { Missing } from '../shared/protocol.js' */
/**
 * What a frame answers, as docs/architecture.md has it. A place is in CSS pixels of the tab: the element's box and the part of it that is
 * seen; the one colour behind it.
 * @typedef {{ left: number, top: number, width: number, height: number }} Box
 * @typedef {{ box: Box, part: Box, backdrop: string, screenWidth: number }} Place
 * @typedef {{ url: string, kind: 'style' | 'image' | 'font' | 'media' | 'frame' | 'other' }} Wanted
 * @typedef {{ url: string, mediaType: string, data: string | null, dataLength: number }} Inline
 * @typedef {{
 *   frame: string, url: string, baseUrl: string, title: string, html: string | null, htmlLength: number, mediaType: string, encoding?: string,
 *   hasIcon?: boolean, resources: Wanted[], inline: Inline[], missing: Missing[], fontsDeclared: number, used: string[] | null, faces: string[],
 *   warnings: string[], heldAs?: string, named?: { from: string, key: string },
 *   onScreen: ({ url: string } & Place)[],
 * }} FrameAnswer
 * @typedef {{ key: string, url: string, place: Place | null, frameId?: number }} Foreign
 * @typedef {{ frames: FrameAnswer[], foreign: Foreign[], timings: { settle: number, serialise: number } }} Answer
 * @typedef {{ url: string, baseUrl?: string, reason?: string, mediaType: string, size: number, data: string | null }} FrameFetched
 * @typedef {{ answer: Answer, status: number | null, fetched: FrameFetched[] }} InPage
 * @typedef {{ frameId: number, result?: InPage, error?: unknown }} FrameResult
 * @typedef {{ frameId: number, result: InPage }} Answered
 */

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

/** The top frame, or the one whose selected part is wanted. @param {number} tabId @param {number | null} selectionFrame @returns {Promise<FrameResult[]>} */
export async function askFirst(tabId, selectionFrame) {
  const isAhead = sentAhead.delete(tabId);
  if (selectionFrame !== null) return askSelected(tabId, selectionFrame);
  const target = { tabId, frameIds: [0] };
  if (isOpenedBehind(tabId)) await ask(target, { isOurs: true });
  const begun = isAhead ? await inject(target, [TAKE]) : [];
  return begun[0]?.result ? begun : capture(target);
}

/** Where the frame is gone, or nothing is selected in it any more, the top one says so and gives all that it has. @param {number} tabId @param {number} frameId @returns {Promise<FrameResult[]>} */
async function askSelected(tabId, frameId) {
  const target = { tabId, frameIds: [frameId] };
  try {
    await ask(target, { selection: true, isOurs: isOpenedBehind(tabId) });
    const selected = await capture(target);
    if (frameId === 0 || selected[0]?.result?.answer.frames[0]?.warnings.includes('selection_only')) return selected;
  } catch (error) {
    if (frameId === 0) throw error;
  }
  return askSelected(tabId, 0);
}

/** Each frame by itself, so that one which went away or never answers costs only itself. @param {number} tabId @param {number[]} frameIds @returns {Promise<FrameResult[]>} */
export async function askEach(tabId, frameIds) {
  const silence = new Promise((resolve) => setTimeout(resolve, SILENT_MS, []));
  const isOurs = isOpenedBehind(tabId);
  /** @param {number} frameId */
  const one = async (frameId) => {
    const target = { tabId, frameIds: [frameId] };
    if (isOurs) await ask(target, { isOurs });
    return capture(target);
  };
  const results = await Promise.all(frameIds.map((frameId) => Promise.race([one(frameId).catch(() => []), silence])));
  return /** @type {FrameResult[]} */ (results.flat());
}

/** The frames that the first cannot reach: those asked early, and all others in it where that was not enough. @param {number} tabId @param {Answered} first @param {Promise<FrameResult[]>} early @returns {Promise<Answered[]>} */
export async function askOthers(tabId, first, early) {
  const answered = (await early).filter(hasResult);
  if (isCovered([first, ...answered].map(({ result }) => result.answer))) return answered;
  const asked = new Set(answered.map(({ frameId }) => frameId));
  const ids = (await framesIn(tabId, first.frameId)).filter((frameId) => !asked.has(frameId));
  return [...answered, ...(await askEach(tabId, ids)).filter(hasResult)];
}

/** The ids of all frames that stand in this one. @param {number} tabId @param {number} frameId @returns {Promise<number[]>} */
async function framesIn(tabId, frameId) {
  const frames = await frameList(tabId);
  const found = new Set([frameId]);
  for (const outer of found) {
    for (const frame of frames) if (frame.parentFrameId === outer) found.add(frame.frameId);
  }
  found.delete(frameId);
  return [...found];
}

/** Has every frame that is named an answer, those without a key of their own counted? @param {Answer[]} answers */
function isCovered(answers) {
  const frames = answers.flatMap((answer) => answer.frames.map(({ frame }) => frame));
  const here = new Set(frames);
  const open = answers.flatMap(({ foreign }) => foreign).filter(({ key }) => !here.has(key));
  return open.length <= frames.filter((frame) => /^\?\d*$/.test(frame)).length;
}

/** @param {FrameResult | undefined} entry @returns {entry is Answered} */
export function hasResult(entry) {
  return Boolean(entry?.result?.answer);
}

/** Lay down what the next reading is asked for. @param {chrome.scripting.InjectionTarget} target @param {{ selection?: boolean, isOurs?: boolean }} asked */
async function ask(target, asked) {
  const func = (/** @type {object} */ given) => {
    /** @type {any} */ (globalThis).linkshotInject = { .../** @type {any} */ (globalThis).linkshotInject, asked: given };
  };
  await browser.scripting.executeScript({ target, func, args: [asked], injectImmediately: true });
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
