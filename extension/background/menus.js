// The context menu: keep this page, keep the link under the pointer.

import { browser } from '../shared/browser.js';
import { message } from '../shared/words.js';
import { jobOf, startJob } from './jobs.js';
import { keepPointedAt } from './links.js';

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
  else if (tab?.id !== undefined && info.menuItemId === 'keep-selection') void keepSelection(tab.id, info.frameId ?? 0);
  else if (tab?.id !== undefined) startJob(tab.id);
}

/** What is under way in the tab is another copy: joined, it would be kept in place of the selection. @param {number} tabId @param {number} frameId */
async function keepSelection(tabId, frameId) {
  await jobOf(tabId)?.finished.catch(() => {});
  startJob(tabId, { selection_frame: frameId });
}
