// What a site answers to a tab that is opened behind: its status, and never a file, which the browser would put among the person's downloads.

import { browser, browserName } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';

/** As the other ways in have it. */
const MAX_MB = 100;
/** What both browsers show in a tab; all else they may download. */
const SHOWN = [
  ...['text/html', 'text/plain', 'text/xml', 'text/css', 'text/javascript'],
  ...['application/xhtml+xml', 'application/xml', 'application/json', 'application/javascript', 'application/pdf'],
  ...['application/rss+xml', 'application/atom+xml', 'application/ld+json'],
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp', 'image/svg+xml', 'image/x-icon', 'image/vnd.microsoft.icon'],
  ...['audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/x-wav', 'audio/flac', 'audio/aac', 'audio/mp4', 'audio/webm'],
  ...['video/mp4', 'video/webm', 'video/ogg'],
];
const FIRST_RULE_ID = 2;

/**
 * What has come so far: the last answer's `status`; the browser's word for a connection that failed, where nothing has come; `refusal`
 * rejects at once where the answer is a file, or larger than a page may be.
 * @typedef {{ status: number | null, error: string, refusal: Promise<never>, end: () => void }} Answer
 * @typedef {Pick<chrome.webRequest.OnHeadersReceivedDetails, 'url' | 'statusCode' | 'responseHeaders'>} Headers
 */

/** Does the browser ask before it takes an answer? Chromium is told beforehand, by `barFiles`. */
const isAsking = () => browserName().startsWith('Firefox');

/** Hear what a tab is answered, until `end`. @param {number} tabId @returns {Answer} */
export function watchAnswer(tabId) {
  const { onHeadersReceived, onErrorOccurred } = browser.webRequest;
  const filter = { urls: ['<all_urls>'], tabId, types: /** @type {['main_frame']} */ (['main_frame']) };
  /** @type {(error: HostError) => void} */
  let refuse = () => {};
  const refusal = new Promise((_, reject) => (refuse = reject));
  // whoever has what was waited for asks no more
  refusal.catch(() => {});
  /** @param {Headers} headers */
  const onHeaders = (headers) => {
    answer.status = headers.statusCode;
    const error = refusalOf(headers);
    if (error) refuse(error);
    return { cancel: error !== null };
  };
  const onError = (/** @type {{ error: string }} */ { error }) => void (answer.error = error);
  const end = () => {
    onHeadersReceived.removeListener(onHeaders);
    onErrorOccurred.removeListener(onError);
  };
  /** @type {Answer} */
  const answer = { status: null, error: '', refusal: /** @type {Promise<never>} */ (refusal), end };
  onHeadersReceived.addListener(onHeaders, filter, ['responseHeaders', ...(isAsking() ? /** @type {['blocking']} */ (['blocking']) : [])]);
  onErrorOccurred.addListener(onError, filter);
  return answer;
}

/** Why these headers begin no page, or null. @param {Headers} headers */
export function refusalOf({ url, statusCode, responseHeaders = [] }) {
  if (Math.floor(statusCode / 100) !== 2 || statusCode === 204) return null;
  const headers = new Map(responseHeaders.map(({ name, value = '' }) => [name.toLowerCase(), value.toLowerCase()]));
  const [type = '', disposition = ''] = [headers.get('content-type'), headers.get('content-disposition')];
  if (disposition.startsWith('attachment') || !isShown(type, `${url} ${disposition}`)) return new HostError('page_is_file');
  return Number(headers.get('content-length')) > MAX_MB * 1024 * 1024 ? tooLarge() : null;
}

/** @param {string} type @param {string} names */
function isShown(type, names) {
  // Firefox shows a PDF by its name too
  const isNamedPdf = isAsking() && type.startsWith('application/octet-stream') && /\.pdf\b/i.test(names);
  return isNamedPdf || SHOWN.some((shown) => type.startsWith(shown));
}

const tooLarge = () => new HostError('page_too_large', '', { limit_mb: MAX_MB });

/**
 * Let no file out of these tabs. Chromium knows rules by header from version 128 on; an earlier one downloads as it always did.
 * @param {number[]} tabIds
 */
export async function barFiles(tabIds) {
  if (isAsking()) return;
  // one that leads elsewhere is no answer yet
  const elsewhere = [{ header: 'location' }];
  const rules = [
    { responseHeaders: [{ header: 'content-disposition', values: ['attachment*'] }] },
    { responseHeaders: [{ header: 'content-type', excludedValues: SHOWN.map((type) => `${type}*`) }] },
    { excludedResponseHeaders: [...elsewhere, { header: 'content-type' }] },
  ].map((headers, at) => ({
    id: FIRST_RULE_ID + at,
    action: { type: 'block' },
    condition: { tabIds, resourceTypes: ['main_frame'], excludedResponseHeaders: elsewhere, ...headers },
  }));
  const addRules = /** @type {chrome.declarativeNetRequest.Rule[]} */ (tabIds.length ? rules : []);
  await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: rules.map(({ id }) => id), addRules }).catch(() => {});
}

/** Rejects once the document that a tab is loading, which need not say its size, is larger than a page may be. @param {number} tabId */
export async function checkSize(tabId) {
  const func = () => {
    const { document } = /** @type {any} */ (globalThis);
    const walker = document.createTreeWalker(document);
    let size = 0;
    while (walker.nextNode()) size += walker.currentNode.nodeName.length + (walker.currentNode.nodeValue?.length ?? 0);
    return size;
  };
  // what takes no script has shown nothing yet, or is no page
  const [read] = await browser.scripting.executeScript({ target: { tabId }, func, injectImmediately: true }).catch(() => []);
  if (Number(read?.result) > MAX_MB * 1024 * 1024) throw tooLarge();
}

/** The status of the page that a tab shows; what a service worker answers is seen there alone. @param {number} tabId @param {Answer} answer @returns {Promise<number | null>} */
export async function statusOf(tabId, { status }) {
  if (status !== null) return status;
  const func = () => /** @type {any} */ (performance.getEntriesByType('navigation')[0])?.responseStatus || null;
  const [read] = await browser.scripting.executeScript({ target: { tabId }, func, injectImmediately: true }).catch(() => []);
  return read?.result ?? null;
}
