// Which frames of a tab the top one cannot reach by script, from the browser's own list of them.

import { browser } from '../shared/browser.js';

/** The frames of a tab; none where the tab has gone. @param {number} tabId */
export async function frameList(tabId) {
  return (await browser.webNavigation.getAllFrames({ tabId }).catch(() => null)) ?? [];
}

/**
 * The ids of frames whose address alone says that they are of another origin than the top; sandboxed ones are not among them.
 * @param {number} tabId
 * @returns {Promise<number[]>}
 */
export async function foreignFrameIds(tabId) {
  const frames = await frameList(tabId);
  const top = frames.find(({ frameId }) => frameId === 0);
  return frames.filter(({ frameId, url }) => frameId !== 0 && isForeign(url, top?.url ?? '')).map(({ frameId }) => frameId);
}

/** @param {string} url @param {string} topUrl */
export function isForeign(url, topUrl) {
  if (!/^https?:/.test(url) || !URL.canParse(topUrl)) return false;
  return new URL(url).origin !== new URL(topUrl).origin;
}
