// Fetches by the worker itself: past the page's CORS, with the Referer that the page would send.

import { browser } from '../shared/browser.js';

/** @typedef {{ url: string, baseUrl: string, mediaType: string, body: Blob } | { url: string, reason: string }} Fetched */

const TIMEOUT_MS = 20_000;
export const MAX_RESOURCE_BYTES = 64 * 1024 * 1024;
const RULE_ID = 1;

/** One set of rules at a time: a second capture waits for its turn. @type {Promise<unknown>} */
let turn = Promise.resolve();

/**
 * Run `work` while requests of the worker to the hosts of `urls` carry the Referer of `pageUrl`.
 * @template T
 * @param {string} pageUrl
 * @param {string[]} urls
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function withReferer(pageUrl, urls, work) {
  const mine = turn.then(async () => {
    const rule = ruleFor(pageUrl, urls);
    if (!rule) return work();
    const dnr = browser.declarativeNetRequest;
    await dnr.updateSessionRules({ removeRuleIds: [RULE_ID], addRules: [rule] });
    try {
      return await work();
    } finally {
      await dnr.updateSessionRules({ removeRuleIds: [RULE_ID] });
    }
  });
  turn = mine.catch(() => {});
  return mine;
}

/**
 * The rule that sets the Referer; -1 is the tab of requests that belong to no tab, as the worker's own.
 * @param {string} pageUrl
 * @param {string[]} urls
 * @returns {chrome.declarativeNetRequest.Rule | null}
 */
export function ruleFor(pageUrl, urls) {
  const referer = refererFor(pageUrl);
  const requestDomains = [...new Set(urls.map((url) => new URL(url).hostname).filter((host) => host && !host.includes(':')))];
  if (!referer || !requestDomains.length) return null;
  return /** @type {chrome.declarativeNetRequest.Rule} */ ({
    id: RULE_ID,
    action: { type: 'modifyHeaders', requestHeaders: [{ header: 'Referer', operation: 'set', value: referer }] },
    condition: { requestDomains, tabIds: [-1], resourceTypes: ['xmlhttprequest', 'other'] },
  });
}

/** The page's origin, as `strict-origin-when-cross-origin` sends it. @param {string} pageUrl */
function refererFor(pageUrl) {
  if (!URL.canParse(pageUrl)) return null;
  const { protocol, origin } = new URL(pageUrl);
  return /^https?:$/.test(protocol) ? `${origin}/` : null;
}

/**
 * The bytes at an address, or a word for why not.
 * @param {string} url
 * @returns {Promise<Fetched>}
 */
export async function fetchByWorker(url) {
  if (!/^https?:/.test(url)) return { url, reason: 'refused' };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { credentials: 'include', cache: 'force-cache', signal });
    if (!response.ok) return { url, reason: String(response.status) };
    if (Number(response.headers.get('content-length')) > MAX_RESOURCE_BYTES) return { url, reason: 'too_large' };
    const body = await bodyOf(response);
    if (!body) return { url, reason: 'too_large' };
    return { url, baseUrl: response.redirected ? response.url : '', mediaType: response.headers.get('content-type') ?? '', body };
  } catch (error) {
    return { url, reason: /** @type {Error} */ (error).name === 'TimeoutError' ? 'timeout' : 'failed' };
  }
}

/** The whole body, or null once it grows past the bound. @param {Response} response */
async function bodyOf(response) {
  if (!response.body) return response.blob();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const pieces = [];
  let size = 0;
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > MAX_RESOURCE_BYTES) {
      await reader.cancel();
      return null;
    }
    pieces.push(next.value);
  }
  return new Blob(pieces);
}
