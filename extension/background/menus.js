// The context menu: keep this page, keep the link under the pointer.

import { browser } from '../shared/browser.js';
import { message } from '../shared/words.js';
import { startJob } from './jobs.js';
import { inBackgroundTab } from './tabs.js';

/** Draw the menu anew; done when the extension is installed or the browser starts. */
export async function createMenus() {
  await browser.contextMenus.removeAll();
  const documentUrlPatterns = ['http://*/*', 'https://*/*', 'file:///*'];
  const page = ['page', 'frame', 'image', 'video'];
  browser.contextMenus.create({ id: 'keep-page', title: message('menu_page'), contexts: /** @type {any} */ (page), documentUrlPatterns });
  browser.contextMenus.create({ id: 'keep-selection', title: message('menu_selection'), contexts: ['selection'], documentUrlPatterns });
  browser.contextMenus.create({
    id: 'keep-link',
    title: message('menu_link'),
    contexts: ['link'],
    targetUrlPatterns: ['http://*/*', 'https://*/*'],
  });
}

/** @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab} [tab] */
export function onMenuClicked(info, tab) {
  if (info.menuItemId === 'keep-link' && info.linkUrl) {
    // the outbox and the badge tell how it went
    keepLink(info.linkUrl).catch(() => {});
  } else if (tab?.id !== undefined) startJob(tab.id, { isSelection: info.menuItemId === 'keep-selection' });
}

/**
 * Open a link in the background, keep it, close it; resolves with what was saved.
 * @param {string} url
 * @param {{ add?: string[], note?: string, requestId?: number }} [options]
 */
export function keepLink(url, options = {}) {
  return inBackgroundTab(url, (tab) => startJob(/** @type {number} */ (tab.id), options).finished);
}
