// Tabs behind: pages opened where nobody looks, to be kept and closed again.

import { browser } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';
import { MAX_MB, barFiles, checkSize, failureOf, isStopped, statusOf, watchAnswer } from './answers.js';
import { unlessSilent } from './silence.js';
import { findTab } from './tabs.js';

/** @import { Answer } from './answers.js' */
/** `keepErrors`: a page with an error status too. @typedef {{ keepErrors?: boolean, loadMs?: number, maxMb?: number }} Bounds */

const LOAD_MS = 45_000;
/** So often a tab that loads is looked at, which also keeps a worker without a host from being stopped meanwhile. */
const LOOK_MS = 1_000;
const BLANK = 'about:blank';
/** A tab that is empty at so many looks, one behind the other, stays so. */
const BLANK_LOOKS = 2;
/** An empty tab is there at once; so often it is looked for, and so far apart. */
const MOST_LOOKS = 250;
const BLANK_MS = 20;
/** A hidden tab draws no frames; this does without, from before the page's first script. @type {chrome.scripting.RegisteredContentScript} */
const AWAKE = {
  id: 'awake',
  js: ['/inject/awake.js'],
  matches: ['<all_urls>'],
  allFrames: true,
  runAt: 'document_start',
  world: 'MAIN',
  persistAcrossSessions: false,
};

/** Tabs that are being opened. */
let opening = 0;
/** One change of what is registered at a time. @type {Promise<void>} */
let turn = Promise.resolve();
/** The tabs of this worker. @type {Set<number>} */
const behind = new Set();
/** @type {Promise<boolean> | null} */
let closing = null;

/** Is it a tab of our own, that no person has opened? @param {number} tabId */
export function isOpenedBehind(tabId) {
  return behind.has(tabId);
}

/**
 * Open `url` in the background, run `work` on the loaded tab, close it again.
 * @template T
 * @param {string} url
 * @param {(tab: chrome.tabs.Tab) => Promise<T>} work
 * @param {Bounds} [bounds]
 * @returns {Promise<T>}
 */
export async function inBackgroundTab(url, work, { keepErrors = false, loadMs = LOAD_MS, maxMb = MAX_MB } = {}) {
  await closeLeft();
  // empty, until what it is answered is watched
  const id = /** @type {number} */ ((await browser.tabs.create({ url: BLANK, active: false })).id);
  const answer = watchAnswer(id, maxMb);
  const begunAt = Date.now();
  try {
    await note(() => behind.add(id));
    await whenBlank(id);
    // waited for beforehand: a page may have loaded by the time that the browser says it has begun
    const loaded = whenLoaded(id, answer, { loadMs, maxMb });
    loaded.catch(() => {});
    const tab = await openAwake(id, url, Promise.race([loaded, answer.refusal]));
    await checkAnswer(tab, answer, { keepErrors, seconds: (Date.now() - begunAt) / 1000 });
    return await work(tab);
  } finally {
    // the person may have closed it already
    await browser.tabs.remove(id).catch(() => {});
    answer.end();
    await note(() => behind.delete(id));
  }
}

/** Chromium may drop a page for the empty one that it had not shown yet. @param {number} tabId */
async function whenBlank(tabId) {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const { status, url } = await findTab(tabId);
    if (status === 'complete' && url === BLANK) return;
    await new Promise((resolve) => setTimeout(resolve, BLANK_MS));
  }
}

/** Close what a worker that was stopped had open, before this one opens any; is this the first since the browser or the extension was started? */
export function closeLeft() {
  closing ??= closeTabs().catch((error) => {
    // the next asks again
    closing = null;
    throw error;
  });
  return closing;
}

async function closeTabs() {
  const left = /** @type {number[] | undefined} */ ((await browser.storage.session.get('behind')).behind);
  await Promise.all((left ?? []).map((id) => browser.tabs.remove(id).catch(() => {})));
  if (left?.length !== 0) await note(() => {});
  return left === undefined;
}

/** Change which tabs are ours, where the next worker and the browser find it. @param {() => unknown} change */
async function note(change) {
  change();
  await Promise.all([browser.storage.session.set({ behind: [...behind] }), barFiles([...behind])]);
}

/**
 * No call injects into one tab before its page runs, so the script is there for all that are opened hidden, as shortly as can be.
 * @template T
 * @param {number} tabId
 * @param {string} url
 * @param {Promise<T>} loaded
 * @returns {Promise<T>}
 */
async function openAwake(tabId, url, loaded) {
  opening += 1;
  try {
    await matchAwake();
    await browser.tabs.update(tabId, { url });
    return await loaded;
  } finally {
    opening -= 1;
    await matchAwake();
  }
}

/** Have the script registered while a tab is being opened, and else not; a worker that was killed may have left it. */
export function matchAwake() {
  turn = turn.then(async () => {
    const isThere = (await browser.scripting.getRegisteredContentScripts({ ids: [AWAKE.id] })).length > 0;
    if (opening && !isThere) await browser.scripting.registerContentScripts([AWAKE]);
    if (!opening && isThere) await browser.scripting.unregisterContentScripts({ ids: [AWAKE.id] });
  });
  // without it less of a page is brought in, and its receipt says so
  turn = turn.catch(() => {});
  return turn;
}

/**
 * The tab when its page has loaded, or after `loadMs` as it is then, or when it is clear that it stays empty.
 * @param {number} tabId
 * @param {Answer} answer
 * @param {{ loadMs: number, maxMb: number }} bounds
 * @returns {Promise<chrome.tabs.Tab>}
 */
function whenLoaded(tabId, answer, { loadMs, maxMb }) {
  return new Promise((resolve, reject) => {
    let isDone = false;
    /** @param {unknown} [error] */
    const end = (error) => {
      isDone = true;
      clearTimeout(timer);
      clearTimeout(looking);
      browser.tabs.onUpdated.removeListener(onUpdated);
      browser.tabs.onRemoved.removeListener(onRemoved);
      if (error) reject(error);
      else findTab(tabId).then(resolve, reject);
    };
    /** @param {number} id @param {{ status?: string }} change @param {chrome.tabs.Tab} tab */
    const onUpdated = (id, { status }, { url }) => {
      if (id === tabId && status === 'complete' && url !== BLANK) end();
    };
    /** @param {number} id */
    const onRemoved = (id) => {
      if (id === tabId) end();
    };
    let blanks = 0;
    const look = async () => {
      await checkSize(tabId, maxMb);
      blanks = answer.isHeard && isLeftBlank(await findTab(tabId)) ? blanks + 1 : 0;
      if (isDone) return;
      if (blanks === BLANK_LOOKS) end();
      else looking = lookLater();
    };
    const lookLater = () => setTimeout(() => look().catch(end), LOOK_MS);
    let looking = lookLater();
    const timer = setTimeout(end, loadMs);
    browser.tabs.onUpdated.addListener(onUpdated);
    browser.tabs.onRemoved.addListener(onRemoved);
  });
}

/** Nothing came of it: an address for another program, or an answer that the browser makes nothing of. @param {chrome.tabs.Tab} tab */
const isLeftBlank = ({ status, url }) => status === 'complete' && url === BLANK;

/** Rejects where what came is no page to be kept. @param {chrome.tabs.Tab} tab @param {Answer} answer @param {{ keepErrors: boolean, seconds: number }} bounds */
async function checkAnswer(tab, answer, { keepErrors, seconds }) {
  const id = /** @type {number} */ (tab.id);
  const { error, url } = answer;
  if (error && !(isLeftBlank(tab) && isStopped(error))) throw failureOf(error, url, seconds);
  if (isLeftBlank(tab)) throw new HostError('page_empty');
  if (tab.url === BLANK) throw new HostError('fetch_timeout', '', { seconds: Math.round(seconds) });
  const status = await unlessSilent(id, 0, statusOf(id, answer));
  if (!keepErrors && (status ?? 0) >= 400) throw new HostError('http_status', '', { status });
}
