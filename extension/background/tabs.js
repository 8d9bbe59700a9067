// Tabs: which one is meant, whether it still shows its page, what it looks like.

import { browser } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';

/** Chromium gives out two pictures of tabs a second. */
const NEXT_PICTURE_MS = 500;
const PICTURE_TRIES = 3;

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
