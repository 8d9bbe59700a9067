// Tabs: which one is meant, and pages opened in the background to be kept.

import { browser } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';

const LOAD_MS = 45_000;
/** Chromium gives out two pictures of tabs a second. */
const NEXT_PICTURE_MS = 500;
const PICTURE_TRIES = 3;
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

/** Tabs that are being opened behind. */
let opening = 0;
/** One change of what is registered at a time. @type {Promise<void>} */
let turn = Promise.resolve();
/** Tabs that were opened behind, until they are closed again. @type {Set<number>} */
const behind = new Set();

/** The tab with this id, or the one in front; page_closed where there is none. @param {number | null} tabId */
export async function findTab(tabId) {
  if (tabId === null) {
    const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
    if (tab) return tab;
    throw new HostError('page_closed');
  }
  try {
    return await browser.tabs.get(tabId);
  } catch {
    // the browser's words differ; the fact is that there is no such tab
    throw new HostError('page_closed');
  }
}

/**
 * What `work` in the page of a tab comes to, or page_closed as soon as the tab shows another page: Firefox may keep the one left,
 * asleep, and what runs in it then never ends.
 * @template T
 * @param {number} tabId
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function unlessLeft(tabId, work) {
  const begunAt = Date.now();
  /** @type {(details: { tabId: number, frameId: number, timeStamp: number }) => void} */
  let onCommitted = () => {};
  const left = new Promise((_, reject) => {
    onCommitted = (gone) => {
      if (gone.tabId === tabId && gone.frameId === 0 && gone.timeStamp > begunAt) reject(new HostError('page_closed'));
    };
    browser.webNavigation.onCommitted.addListener(onCommitted);
  });
  try {
    return await Promise.race([work, /** @type {Promise<never>} */ (left)]);
  } finally {
    browser.webNavigation.onCommitted.removeListener(onCommitted);
  }
}

/**
 * Open `url` in the background, run `work` on the loaded tab, close it again.
 * @template T
 * @param {string} url
 * @param {(tab: chrome.tabs.Tab) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inBackgroundTab(url, work) {
  const id = /** @type {number} */ ((await openAwake(url)).id);
  behind.add(id);
  try {
    return await work(await whenLoaded(id).finally(endAwake));
  } finally {
    behind.delete(id);
    // the person may have closed it already
    await browser.tabs.remove(id).catch(() => {});
  }
}

/** Is it a tab of our own, that no person has opened? @param {number} tabId */
export function isOpenedBehind(tabId) {
  return behind.has(tabId);
}

/**
 * No call injects into one tab before its page runs, so the script is there for all that are opened hidden, as shortly as can be.
 * @param {string} url
 */
async function openAwake(url) {
  opening += 1;
  await matchAwake();
  try {
    return await browser.tabs.create({ url, active: false });
  } catch (error) {
    await endAwake();
    throw error;
  }
}

async function endAwake() {
  opening -= 1;
  await matchAwake();
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

/** The tab when its page has loaded, or after LOAD_MS as it is then. @param {number} tabId @returns {Promise<chrome.tabs.Tab>} */
function whenLoaded(tabId) {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      browser.tabs.onUpdated.removeListener(onUpdated);
      browser.tabs.onRemoved.removeListener(onRemoved);
      findTab(tabId).then(resolve, reject);
    };
    /** @param {number} id @param {{ status?: string }} change */
    const onUpdated = (id, change) => {
      if (id === tabId && change.status === 'complete') end();
    };
    /** @param {number} id */
    const onRemoved = (id) => {
      if (id === tabId) end();
    };
    const timer = setTimeout(end, LOAD_MS);
    browser.tabs.onUpdated.addListener(onUpdated);
    browser.tabs.onRemoved.addListener(onRemoved);
    findTab(tabId).then((tab) => {
      if (tab.status === 'complete' && tab.url !== 'about:blank') end();
    }, end);
  });
}

/**
 * A picture of the tab, as an address that can be fetched; null where it is not in front of its window.
 * @param {number} tabId
 * @param {{ format: 'png' } | { format: 'jpeg', quality: number }} options
 * @returns {Promise<string | null>}
 */
export async function pictureOf(tabId, options) {
  for (let tries = 1; ; tries += 1) {
    const tab = await browser.tabs.get(tabId);
    if (!tab.active) return null;
    try {
      return await browser.tabs.captureVisibleTab(tab.windowId, options);
    } catch (error) {
      if (tries === PICTURE_TRIES || !String(error).includes('MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND')) throw error;
      await new Promise((resolve) => setTimeout(resolve, NEXT_PICTURE_MS));
    }
  }
}
