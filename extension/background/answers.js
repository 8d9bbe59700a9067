// What a site answers to a tab that is opened behind: its status, and never a file, which the browser would put among the person's downloads.

import { browser, browserName } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';

/** As the other ways in have it. */
export const MAX_MB = 100;
/** What both browsers show in a tab; all else they may download. */
const SHOWN = [
  ...['text/html', 'text/plain', 'text/xml', 'text/css', 'text/javascript'],
  ...['application/xhtml+xml', 'application/xml', 'application/json', 'application/javascript', 'application/ld+json', 'application/pdf'],
  ...['image/png', 'image/jpeg', 'image/jpg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp', 'image/svg+xml', 'image/x-icon', 'image/vnd.microsoft.icon'],
  ...['audio/mpeg', 'audio/ogg', 'audio/flac', 'audio/webm', 'video/mp4', 'video/webm'],
];
const SHOWN_BY_FIREFOX = [...SHOWN, 'image/x-ms-bmp'];
const SHOWN_BY_CHROMIUM = [
  ...[...SHOWN, 'text/markdown', 'application/rss+xml', 'application/atom+xml'],
  ...['audio/wav', 'audio/x-wav', 'audio/aac', 'audio/mp4', 'video/ogg'],
];
/** A disposition without a type is one of a page. As a pattern, and as rules have it. */
const INLINE = /^($|;|inline($|[;\s])|filename\*?=)/;
const INLINE_VALUES = ['', ';*', 'inline', 'inline;*', 'inline *', 'filename=*', 'filename\\*=*'];
/** So many both browsers follow. */
const MAX_REDIRECTS = 20;
/** As Firefox says it. */
const REDIRECT_LOOP = 'NS_ERROR_REDIRECT_LOOP';
const LEADING = new Set([301, 302, 303, 307, 308]);
/** Nothing for a tab: it goes on showing what it did. */
const EMPTY = new Set([204, 205]);
/** What a connection failed of: the browsers' words, which Firefox has partly in the person's language, ours, and the host's. */
const REASONS = /** @type {const} */ ([
  [/PROXY|TUNNEL/, 'connection_failed', 'the proxy did not connect'],
  [/REFUSED/, 'connection_refused', 'All connection attempts failed'],
  [/_RESET|_CLOSED|EMPTY_RESPONSE|INTERRUPT/, 'connection_broken', 'the connection was broken off'],
  [/_CERT_|SEC_ERROR|certificate|证书/i, 'connection_distrusted', 'its certificate is not valid'],
  [/INTERNET_DISCONNECTED|OFFLINE/, 'connection_offline', 'net::ERR_INTERNET_DISCONNECTED'],
  [/UNSAFE_REDIRECT/, 'connection_failed', 'it redirects to something that is no web address'],
  [/SSL|TLS/, 'connection_failed', 'the encrypted connection failed'],
  [/CONTENT_ENCODING|DECODING/, 'connection_failed', 'its compressed answer cannot be read'],
  [/CORRUPTED|PARTIAL|MISMATCH|INCOMPLETE|INVALID_(HTTP_)?RESPONSE/, 'connection_failed', 'its answer is cut short or no HTTP'],
  [/_PORT/, 'connection_failed', 'the browser does not allow its port'],
]);
const FIRST_RULE_ID = 2;

/**
 * What has come so far, of the last page that the tab was sent to: its `status`, or the browser's word for the `error` at `url`;
 * `isHeard` once anything came; `refusal` rejects at once where the answer is a file, nothing, or larger than a page may be.
 * @typedef {{ status: number | null, error: string, url: string, isHeard: boolean, refusal: Promise<never>, end: () => void }} Answer
 * @typedef {Pick<chrome.webRequest.OnHeadersReceivedDetails, 'url' | 'statusCode' | 'responseHeaders'>} Headers
 */

/** Does the browser ask before it takes an answer? Chromium is told beforehand, by `barFiles`. */
const isAsking = () => browserName().startsWith('Firefox');

/** Hear what a tab is answered, until `end`. @param {number} tabId @param {number} maxMb @returns {Answer} */
export function watchAnswer(tabId, maxMb) {
  const { onHeadersReceived, onErrorOccurred } = browser.webRequest;
  /** @type {(error: HostError) => void} */
  let refuse = () => {};
  const refusal = new Promise((_, reject) => (refuse = reject));
  // whoever has what was waited for asks no more
  refusal.catch(() => {});
  let [requestId, led] = ['', 0];
  /** @param {chrome.webRequest.OnHeadersReceivedDetails} headers */
  const onHeaders = (headers) => {
    const error = refusalOf(headers, maxMb);
    if (headers.type === 'sub_frame') return { cancel: error?.code === 'page_is_file' };
    answer.isHeard = true;
    if (answer.status !== null && EMPTY.has(headers.statusCode)) return {};
    led = isLeading(headers) ? led + 1 : 0;
    requestId = led ? '' : headers.requestId;
    Object.assign(answer, { status: requestId ? headers.statusCode : null, error: '' });
    if (error) refuse(error);
    return { cancel: error !== null };
  };
  const onError = (/** @type {{ error: string, url: string, requestId: string }} */ { error, url, requestId: failed }) => {
    answer.isHeard = true;
    // what breaks off is kept as far as it came
    if (failed === requestId || (answer.status !== null && isStopped(error))) return;
    // of a circle Chromium says only that it stopped
    Object.assign(answer, { status: null, error: led < MAX_REDIRECTS ? error : REDIRECT_LOOP, url });
    led = 0;
  };
  const end = () => {
    onHeadersReceived.removeListener(onHeaders);
    onErrorOccurred.removeListener(onError);
  };
  /** @type {Answer} */
  const answer = { status: null, error: '', url: '', isHeard: false, refusal: /** @type {Promise<never>} */ (refusal), end };
  const filter = { urls: ['<all_urls>'], tabId };
  const extra = ['responseHeaders', ...(isAsking() ? /** @type {['blocking']} */ (['blocking']) : [])];
  onHeadersReceived.addListener(onHeaders, { ...filter, types: ['main_frame', 'sub_frame'] }, /** @type {['responseHeaders']} */ (extra));
  onErrorOccurred.addListener(onError, { ...filter, types: ['main_frame'] });
  return answer;
}

/** Was it stopped, maybe for another page? That is no failure of the page which is shown. @param {string} error */
export const isStopped = (error) => /^(net::ERR_ABORTED|NS_BINDING_ABORTED)$/.test(error);

/** @param {Headers} headers */
const isLeading = ({ statusCode, responseHeaders = [] }) =>
  LEADING.has(statusCode) && responseHeaders.some(({ name, value }) => name.toLowerCase() === 'location' && value);

/** Why these headers begin no page, or null. @param {Headers} headers @param {number} [maxMb] */
export function refusalOf({ url, statusCode, responseHeaders = [] }, maxMb = MAX_MB) {
  if (EMPTY.has(statusCode)) return new HostError('page_empty');
  if (Math.floor(statusCode / 100) !== 2) return null;
  const headers = new Map(responseHeaders.map(({ name, value = '' }) => [name.toLowerCase(), value.toLowerCase()]));
  const [type = '', disposition = ''] = [headers.get('content-type'), headers.get('content-disposition')];
  if (!INLINE.test(disposition) || !isShown(type, `${url} ${disposition}`)) return new HostError('page_is_file');
  return Number(headers.get('content-length')) > maxMb * 1024 * 1024 ? tooLarge(maxMb) : null;
}

/** Why a page could not be had, from the browser's word for it. @param {string} error @param {string} url @param {number} seconds */
export function failureOf(error, url, seconds) {
  if (/ERR_NAME_|UNKNOWN_HOST/.test(error)) return new HostError('host_not_resolved', '', { host: new URL(url).hostname });
  if (/TIMED_OUT|NET_TIMEOUT/.test(error)) return new HostError('fetch_timeout', '', { seconds: Math.round(seconds) });
  if (error === REDIRECT_LOOP) return new HostError('too_many_redirects', '', { limit: MAX_REDIRECTS });
  const [, kind = 'connection_failed', reason = error] = REASONS.find(([pattern]) => pattern.test(error)) ?? [];
  return new HostError('connection_failed', '', { reason, kind });
}

/** @param {string} type @param {string} names */
function isShown(type, names) {
  const [kind = ''] = type.split(/[;,\s]/);
  // Firefox shows a PDF by its name too
  const isNamedPdf = isAsking() && kind === 'application/octet-stream' && /\.pdf\b/i.test(names);
  return isNamedPdf || (isAsking() ? SHOWN_BY_FIREFOX : SHOWN_BY_CHROMIUM).includes(kind);
}

/** @param {number} limit_mb */
const tooLarge = (limit_mb) => new HostError('page_too_large', '', { limit_mb });

/**
 * Let no file out of these tabs. Chromium knows rules by header from version 128 on; an earlier one downloads as it always did.
 * @param {number[]} tabIds
 */
export async function barFiles(tabIds) {
  if (isAsking()) return;
  // one that leads elsewhere is no answer yet
  const elsewhere = [{ header: 'location' }];
  const rules = [
    { responseHeaders: [{ header: 'content-disposition', excludedValues: INLINE_VALUES }] },
    { responseHeaders: [{ header: 'content-type', excludedValues: SHOWN_BY_CHROMIUM.map((type) => `${type}*`) }] },
    { excludedResponseHeaders: [...elsewhere, { header: 'content-type' }] },
  ].map((headers, at) => ({
    id: FIRST_RULE_ID + at,
    action: { type: 'block' },
    condition: { tabIds, resourceTypes: ['main_frame', 'sub_frame'], excludedResponseHeaders: elsewhere, ...headers },
  }));
  const addRules = /** @type {chrome.declarativeNetRequest.Rule[]} */ (tabIds.length ? rules : []);
  try {
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: rules.map(({ id }) => id), addRules });
  } catch {
    // what an earlier one does not know it throws at once, with no promise
  }
}

/** Rejects once the document that a tab is loading, which need not say its size, is larger than `maxMb`. @param {number} tabId @param {number} maxMb */
export async function checkSize(tabId, maxMb) {
  const func = () => {
    const { document } = /** @type {any} */ (globalThis);
    const walker = document.createTreeWalker(document);
    let size = 0;
    while (walker.nextNode()) size += walker.currentNode.nodeName.length + (walker.currentNode.nodeValue?.length ?? 0);
    return size;
  };
  // what takes no script has shown nothing yet, or is no page
  const [read] = await browser.scripting.executeScript({ target: { tabId }, func, injectImmediately: true }).catch(() => []);
  if (Number(read?.result) > maxMb * 1024 * 1024) throw tooLarge(maxMb);
}

/** The status of the page that a tab shows; what a service worker answers is seen there alone. @param {number} tabId @param {Answer} answer @returns {Promise<number | null>} */
export async function statusOf(tabId, { status }) {
  if (status !== null) return status;
  const func = () => /** @type {any} */ (performance.getEntriesByType('navigation')[0])?.responseStatus || null;
  const [read] = await browser.scripting.executeScript({ target: { tabId }, func, injectImmediately: true }).catch(() => []);
  return read?.result ?? null;
}
