// The native host: one port, requests by id, a timeout for each, and a hello before anything else.

import { browser, browserName, uiLanguage } from '../shared/browser.js';
import { ACTIONS, HOST_NAME, HostError, PROTOCOL } from '../shared/protocol.js';

/** @import { Hello } from '../shared/protocol.js' */
/** @typedef {{ resolve: (reply: any) => void, reject: (error: Error) => void, timer: ReturnType<typeof setTimeout> }} Pending */

const HELLO_MS = 20_000;
const ANSWER_MS = 30_000;
const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 60_000;

/** @type {chrome.runtime.Port | null} */
let port = null;
/** @type {Promise<Hello> | null} */
let greeting = null;
/** @type {Map<number, Pending>} */
const pending = new Map();
let lastId = 0;
let retryMs = RETRY_FIRST_MS;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retryTimer;
/** @type {HostError | null} */
let lastError = null;

/** @type {((event: Record<string, unknown>) => void)[]} */
const eventListeners = [];
/** @type {((hello: Hello) => void)[]} */
const readyListeners = [];

/** Call `listener` with each event that the host sends by itself. @param {(event: Record<string, unknown>) => void} listener */
export function onHostEvent(listener) {
  eventListeners.push(listener);
}

/** Call `listener` whenever the host has answered a hello. @param {(hello: Hello) => void} listener */
export function onHostReady(listener) {
  readyListeners.push(listener);
}

/** What went wrong with the host last, or null while it answers. */
export function hostTrouble() {
  return lastError;
}

/**
 * The host's hello, once it is there.
 * @returns {Promise<Hello>}
 */
export function connectHost() {
  greeting ??= greet();
  return greeting;
}

/**
 * One request, answered by the reply's fields; rejects with a HostError.
 * @param {string} action
 * @param {Record<string, unknown>} [fields]
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<any>}
 */
export async function askHost(action, fields = {}, { timeoutMs = ANSWER_MS } = {}) {
  await connectHost();
  return post(action, fields, timeoutMs);
}

/** Request without waiting for the hello's answer to be looked at again: order on the wire is the order of calls. @param {string} action @param {Record<string, unknown>} fields @param {number} [timeoutMs] @returns {Promise<any>} */
export function post(action, fields, timeoutMs = ANSWER_MS) {
  const live = port;
  if (!live) return Promise.reject(lastError ?? new HostError('host_lost'));
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      pending.delete(id);
      reject(new HostError('host_timeout', '', { action }));
    }, timeoutMs);
    pending.set(id, { resolve, reject, timer });
    live.postMessage({ id, action, ...fields });
  });
}

async function greet() {
  clearTimeout(retryTimer);
  const live = browser.runtime.connectNative(HOST_NAME);
  port = live;
  live.onMessage.addListener(receive);
  live.onDisconnect.addListener(() => lose(live));
  const fields = {
    protocol: PROTOCOL,
    extension_version: browser.runtime.getManifest().version,
    browser: browserName(),
    language: uiLanguage(),
  };
  try {
    const hello = await post(ACTIONS.hello, fields, HELLO_MS);
    lastError = null;
    retryMs = RETRY_FIRST_MS;
    queueMicrotask(() => readyListeners.forEach((listener) => listener(hello)));
    return hello;
  } catch (error) {
    lastError = /** @type {HostError} */ (error);
    if (port === live) {
      live.disconnect();
      lose(live);
    }
    throw error;
  }
}

/** @param {any} message */
function receive(message) {
  if (typeof message?.event === 'string') {
    eventListeners.forEach((listener) => listener(message));
    return;
  }
  const waiting = pending.get(message?.id);
  if (!waiting) return;
  pending.delete(message.id);
  clearTimeout(waiting.timer);
  if (message.ok) waiting.resolve(message);
  else waiting.reject(new HostError(message.code ?? 'internal', message.message, message.detail));
}

/** @param {chrome.runtime.Port} lost */
function lose(lost) {
  if (port !== lost) return;
  const words = /** @type {any} */ (lost).error?.message ?? browser.runtime.lastError?.message ?? '';
  lastError = new HostError(codeOfLoss(words), '', { reason: words });
  port = null;
  greeting = null;
  for (const { reject, timer } of pending.values()) {
    clearTimeout(timer);
    reject(lastError);
  }
  pending.clear();
  retryTimer = setTimeout(() => connectHost().catch(() => {}), retryMs);
  retryMs = Math.min(retryMs * 2, RETRY_LAST_MS);
}

/**
 * The code for a browser's words on a lost port; Chromium's are in
 * extensions/browser/api/messaging/native_message_host.cc, Firefox's in NativeMessaging.sys.mjs.
 * @param {string} words
 */
export function codeOfLoss(words) {
  if (/not found|No such native application|Failed to start|not installed/i.test(words)) return 'host_missing';
  if (/forbidden|does not have permission/i.test(words)) return 'host_forbidden';
  return 'host_lost';
}
