// Access to sites: Firefox lets a person keep it back, and gives the clicked page alone until then.

import { browser } from '../shared/browser.js';

const KEY = 'asking';

/** May the extension read all sites, or those that match? */
export function hasAccess(sites = '<all_urls>') {
  return browser.permissions.contains({ origins: [sites] });
}

/** May it read files of this machine? Both browsers ask for that apart; a Firefox that does not yet says no and lets it. */
export function hasFileAccess() {
  return browser.extension.isAllowedFileSchemeAccess();
}

/** The popup of this tab is asking for access; Firefox's question closes it, so the worker goes on by itself. @param {number} tabId */
export function rememberAsking(tabId) {
  return browser.storage.session.set({ [KEY]: tabId });
}

/** The tab that access was asked for, told once; null where there is none. @returns {Promise<number | null>} */
export async function takeAsking() {
  const { [KEY]: tabId } = await browser.storage.session.get(KEY);
  await browser.storage.session.remove(KEY);
  return typeof tabId === 'number' ? tabId : null;
}
