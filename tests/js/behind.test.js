// A tab that is opened behind, where the browser answers otherwise than the real ones of the other tests.

import assert from 'node:assert/strict';
import { test } from 'node:test';

/** @type {Record<string, (...given: any[]) => any>} */
const calls = {};
/** @type {Record<string, Set<(...given: any[]) => unknown>>} */
const heard = {};
/** What is called answers what a test says, or nothing; whoever listens is noted. @param {string} name @returns {any} */
const api = (name) =>
  new Proxy(() => {}, {
    get: (_, key) => {
      const listeners = (heard[name] ??= new Set());
      if (key === 'addListener') return (/** @type {() => void} */ listener) => listeners.add(listener);
      if (key === 'removeListener') return (/** @type {() => void} */ listener) => listeners.delete(listener);
      return api(name ? `${name}.${String(key)}` : String(key));
    },
    apply: (_, __, given) => (calls[name] ?? (async () => []))(...given),
  });
// the modules ask for the browser as they load
Object.assign(globalThis, { chrome: api('') });
Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'Chrome/121.0.0.0' }, configurable: true });
const { barFiles, failureOf, refusalOf, watchAnswer } = await import('../../extension/background/answers.js');
const { closeLeft, inBackgroundTab } = await import('../../extension/background/behind.js');

const PAGE = { id: 7, status: 'complete', url: 'https://a.example/' };

/** @param {string} name @param {...unknown} given */
const tell = (name, ...given) => [...(heard[name] ?? [])].map((listener) => listener(...given));

test('rules that a browser does not know keep no page out', async () => {
  calls['declarativeNetRequest.updateSessionRules'] = () => {
    throw new TypeError("Unexpected property: 'responseHeaders'");
  };
  await barFiles([7]);
});

test('a failure to close what was left is not kept', async () => {
  calls['storage.session.get'] = () => Promise.reject(new Error('not yet'));
  await assert.rejects(closeLeft());
  calls['storage.session.get'] = async () => ({});
  await closeLeft();
});

test('a tab that has loaded is looked at no more, whatever is under way', async (context) => {
  /** @type {Map<number, () => void>} */
  const timers = new Map();
  let made = 0;
  context.mock.method(globalThis, 'setTimeout', (/** @type {() => void} */ run) => {
    timers.set((made += 1), run);
    return made;
  });
  context.mock.method(globalThis, 'clearTimeout', (/** @type {number} */ id) => void timers.delete(id));
  let looks = 0;
  let seen = () => {};
  let url = 'about:blank';
  Object.assign(calls, {
    'storage.session.get': async () => ({}),
    'tabs.create': async () => ({ id: 7 }),
    'tabs.get': async () => ({ ...PAGE, url }),
    'scripting.executeScript': () => {
      looks += 1;
      return new Promise((resolve) => (seen = () => resolve([{ result: 1 }])));
    },
  });
  const opened = inBackgroundTab(PAGE.url, async () => seen());
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  while (!heard['tabs.onUpdated']?.size) await Promise.race([turn(), opened]);
  timers.get(1)?.();
  tell('webRequest.onHeadersReceived', { type: 'main_frame', requestId: '1', url: PAGE.url, statusCode: 200, responseHeaders: [{ name: 'Content-Type', value: 'text/html' }] });
  url = PAGE.url;
  tell('tabs.onUpdated', 7, { status: 'complete' }, PAGE);
  await opened;
  await turn();
  timers.delete(1);
  for (const run of timers.values()) run();
  await turn();
  assert.equal(looks, 1);
});

const REQUEST = { type: 'main_frame', url: 'https://a.example/', responseHeaders: [{ name: 'content-type', value: 'text/html' }] };
const LEADING = { ...REQUEST, requestId: '1', statusCode: 302, responseHeaders: [{ name: 'Location', value: '/' }] };
const SHOWN = { ...REQUEST, requestId: '1', statusCode: 200 };
const REFUSED = 'net::ERR_CONNECTION_REFUSED';

for (const [what, events, status, error] of /** @type {[string, [string, any][], number | null, string][]} */ ([
  ['a redirect is no answer', [['onHeadersReceived', LEADING]], null, ''],
  ['a target that refuses', [['onHeadersReceived', LEADING], ['onErrorOccurred', { error: REFUSED, requestId: '1' }]], null, REFUSED],
  ['a page that goes to one', [['onHeadersReceived', SHOWN], ['onErrorOccurred', { error: REFUSED, requestId: '2' }]], null, REFUSED],
  ['a page that breaks off', [['onHeadersReceived', SHOWN], ['onErrorOccurred', { error: REFUSED, requestId: '1' }]], 200, ''],
  ['a page that stays', [['onHeadersReceived', SHOWN], ['onErrorOccurred', { error: 'net::ERR_ABORTED', requestId: '2' }]], 200, ''],
  ['a page after a failure', [['onErrorOccurred', { error: REFUSED, requestId: '1' }], ['onHeadersReceived', SHOWN]], 200, ''],
])) {
  test(`the last event holds: ${what}`, () => {
    const answer = watchAnswer(7, 100);
    for (const [name, event] of events) tell(`webRequest.${name}`, event);
    answer.end();
    assert.deepEqual([answer.status, answer.error], [status, error]);
  });
}

for (const [error, code, detail] of /** @type {[string, string, object][]} */ ([
  ['net::ERR_NAME_NOT_RESOLVED', 'host_not_resolved', { host: 'a.example' }],
  ['NS_ERROR_UNKNOWN_HOST', 'host_not_resolved', { host: 'a.example' }],
  ['net::ERR_CONNECTION_TIMED_OUT', 'fetch_timeout', { seconds: 30 }],
  ['NS_ERROR_NET_TIMEOUT', 'fetch_timeout', { seconds: 30 }],
  ['NS_ERROR_REDIRECT_LOOP', 'too_many_redirects', { limit: 20 }],
  ['NS_ERROR_CONNECTION_REFUSED', 'connection_failed', { reason: 'All connection attempts failed', kind: 'connection_refused' }],
  ['net::ERR_CERT_DATE_INVALID', 'connection_failed', { reason: 'its certificate is not valid', kind: 'connection_distrusted' }],
  ['对等端的证书颁发者不被识别。', 'connection_failed', { reason: 'its certificate is not valid', kind: 'connection_distrusted' }],
  ['NS_ERROR_PROXY_CONNECTION_REFUSED', 'connection_failed', { reason: 'the proxy did not connect', kind: 'connection_failed' }],
  ['NS_ERROR_CORRUPTED_CONTENT', 'connection_failed', { reason: 'its answer is cut short or no HTTP', kind: 'connection_failed' }],
  ['NS_ERROR_NET_PARTIAL_TRANSFER', 'connection_failed', { reason: 'its answer is cut short or no HTTP', kind: 'connection_failed' }],
  ['net::ERR_CONTENT_DECODING_FAILED', 'connection_failed', { reason: 'its compressed answer cannot be read', kind: 'connection_failed' }],
  ['net::ERR_UNSAFE_PORT', 'connection_failed', { reason: 'the browser does not allow its port', kind: 'connection_failed' }],
  ['NS_ERROR_PORT_ACCESS_NOT_ALLOWED', 'connection_failed', { reason: 'the browser does not allow its port', kind: 'connection_failed' }],
  ['net::ERR_FAILED', 'connection_failed', { reason: 'net::ERR_FAILED', kind: 'connection_failed' }],
])) {
  test(`${error} is ${code}`, () => {
    const failure = failureOf(error, 'https://a.example/x', 30.2);
    assert.deepEqual([failure.code, failure.detail], [code, detail]);
  });
}

test('a type that begins like one of a page is of a file', () => {
  const responseHeaders = [{ name: 'content-type', value: 'application/xml-dtd' }];
  assert.equal(refusalOf({ url: 'https://a.example/', statusCode: 200, responseHeaders })?.code, 'page_is_file');
});
