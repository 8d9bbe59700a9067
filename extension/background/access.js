// Access to sites: Firefox lets a person keep it back, and gives the clicked page alone until then.

import { browser, browserName } from '../shared/browser.js';

const KEY = 'asking';
/** https://discourse.mozilla.org/t/requesting-file-permission-dynamically-via-browser-permissions-request/148722 */
const FILE_ACCESS_FIREFOX = 153;

/** May the extension read all sites, or those that match? */
export function hasAccess(sites = '<all_urls>') {
  return browser.permissions.contains({ origins: [sites] });
}

/**
 * Does a browser let the person allow that this file of the machine be read? Both ask for that apart, Firefox since 153; into its viewer of
 * PDFs it lets none.
 * @param {string} url
 */
export function canAllowFile(url, agent = browserName()) {
  const [name, version] = agent.split(' ');
  return name !== 'Firefox' || (Number(version) >= FILE_ACCESS_FIREFOX && !/\.pdf$/i.test(new URL(url).pathname));
}

/** Is it so, and has not been done? @param {string} url */
export async function lacksFileAccess(url) {
  return canAllowFile(url) && !(await browser.extension.isAllowedFileSchemeAccess());
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
