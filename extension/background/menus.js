// The context menu: keep this page, keep the link under the pointer.

import { browser } from '../shared/browser.js';
import { message } from '../shared/words.js';
import { showLink } from './badge.js';
import { errorFields } from './delivery.js';
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
  if (info.menuItemId === 'keep-link' && info.linkUrl) void keepPointedAt(info.linkUrl, tab?.id);
  else if (tab?.id !== undefined) startJob(tab.id, info.menuItemId === 'keep-selection' ? { selectionFrame: info.frameId ?? 0 } : {});
}

/** Keep a link, and show on the tab it stands in how that goes. @param {string} url @param {number} [tabId] */
async function keepPointedAt(url, tabId = -1) {
  void showLink(tabId, 'reading');
  try {
    await keepLink(url);
    void showLink(tabId, 'saved');
  } catch (error) {
    // all else than a page that cannot be had waits in the outbox
    const isLost = /^(page_|site_|outbox_)/.test(errorFields(error).code);
    void showLink(tabId, isLost ? 'failed' : 'waiting');
  }
}

/**
 * Open a link in the background, keep it, close it; resolves with what was saved.
 * @param {string} url
 * @param {{ add?: string[], note?: string, requestId?: number }} [options]
 */
export function keepLink(url, options = {}) {
  return inBackgroundTab(url, (tab) => startJob(/** @type {number} */ (tab.id), options).finished);
}
