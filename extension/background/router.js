// Messages from the extension's own pages: a table of what may be asked, checked in shape and sender.

import { browser } from '../shared/browser.js';
import { ACTIONS, HostError } from '../shared/protocol.js';
import { drainOutbox, errorFields } from './delivery.js';
import { askHost, connectHost } from './host.js';
import { setTags } from './job_tags.js';
import { startJob } from './jobs.js';
import { listItems } from './outbox.js';
import { discardItem, forgetItem, restoreItem, retryItem } from './recovery.js';

const isText = (/** @type {unknown} */ value) => typeof value === 'string';
const isNumber = (/** @type {unknown} */ value) => Number.isInteger(value);
const isTexts = (/** @type {unknown} */ value) => Array.isArray(value) && value.every(isText);
const isState = (/** @type {any} */ value) => isText(value?.capture_id) && isNumber(value.tab_id);
const isNumberOrNull = (/** @type {unknown} */ value) => value === null || isNumber(value);

/**
 * @typedef {{ shape: Record<string, (value: unknown) => boolean>, run: (message: any) => Promise<unknown> }} Handler
 * @type {Record<string, Handler>}
 */
const HANDLERS = {
  'job.start': { shape: { tab_id: isNumber }, run: async ({ tab_id }) => startJob(tab_id).state },
  'job.tags': {
    shape: { state: isState, add: isTexts, remove: isTexts },
    run: async ({ state, add, remove }) => ({ tags: await setTags(state, add, remove) }),
  },
  'tag.complete': {
    shape: { text: isText, limit: isNumber },
    run: ({ text, limit }) => askHost(ACTIONS.tagComplete, { text, limit }),
  },
  'tag.suggest': {
    shape: { link_id: isNumberOrNull, page_url: isText, title: isText, tags: isTexts, limit: isNumber },
    run: ({ link_id, page_url, title, tags, limit }) =>
      askHost(ACTIONS.tagSuggest, { ...(link_id === null ? { page_url, title } : { link_id }), tags, limit }),
  },
  search: {
    shape: { query: isText, limit: isNumber },
    run: ({ query, limit }) => askHost(ACTIONS.search, { query, limit }),
  },
  'viewer.open': {
    shape: { link_id: isNumberOrNull, query: isText },
    run: ({ link_id, query }) => askHost(ACTIONS.viewerOpen, { link_id, query }),
  },
  'host.hello': { shape: {}, run: () => connectHost() },
  'outbox.list': { shape: {}, run: () => listItems() },
  'outbox.retry': { shape: { capture_id: isText }, run: ({ capture_id }) => retryItem(capture_id) },
  'outbox.retry_all': { shape: {}, run: () => drainOutbox() },
  'outbox.discard': { shape: { capture_id: isText }, run: ({ capture_id }) => discardItem(capture_id) },
  'outbox.forget': { shape: { capture_id: isText }, run: ({ capture_id }) => forgetItem(capture_id) },
  'outbox.restore': { shape: { capture_id: isText }, run: ({ capture_id }) => restoreItem(capture_id) },
};

/**
 * The listener of runtime.onMessage: `{ok, value}` or `{ok, error}` for a message that is ours, true for "answered later".
 * @param {unknown} message
 * @param {chrome.runtime.MessageSender} sender
 * @param {Promise<unknown>} ready
 * @param {(reply: unknown) => void} answer
 */
export function route(message, sender, ready, answer) {
  const handler = handlerFor(message);
  if (!handler || !isOwnPage(sender)) return false;
  ready
    .then(() => handler.run(message))
    .then(
      (value) => answer({ ok: true, value }),
      (error) => answer({ ok: false, error: errorFields(error) }),
    );
  return true;
}

/** @param {unknown} message @returns {Handler | null} */
export function handlerFor(message) {
  if (typeof message !== 'object' || message === null) return null;
  const fields = /** @type {Record<string, unknown>} */ (message);
  const handler = Object.hasOwn(HANDLERS, String(fields.type)) ? HANDLERS[String(fields.type)] : undefined;
  if (!handler) return null;
  return Object.entries(handler.shape).every(([name, fits]) => fits(fields[name])) ? handler : null;
}

/** Content scripts and other extensions are not answered. @param {chrome.runtime.MessageSender} sender */
export function isOwnPage(sender) {
  const home = browser.runtime.getURL('');
  return sender.id === browser.runtime.id && Boolean(sender.url?.startsWith(home));
}

/** @param {string} name the name of a popup's port: "popup:", "click:", "resume:" or "watch:", then a tab's id or "front", then ":" and a click's id or nothing */
export function tabIdIn(name) {
  const match = /^(?:popup|click|resume|watch):(\d+|front)(?::[\w-]+)?$/.exec(name);
  if (!match) throw new HostError('message_invalid', name);
  return match[1] === 'front' ? null : Number(match[1]);
}
