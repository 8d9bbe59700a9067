// What leaves the outbox, and when: one capture at a time, the one a person waits for first.

import { ACTIONS, HostError, PASSING } from '../shared/protocol.js';
import { askHost } from './host.js';
import { changeItem, listItems, newItem, putItem, readItem, readPayload, removeItem } from './outbox.js';
import { sendCapture } from './upload.js';
import { newCaptureId } from './digest.js';

/** @import { Saved } from '../shared/protocol.js' */
/** @import { OutboxItem, Payload } from './outbox.js' */
/**
 * `stored` is the write into the outbox where that is still under way. `onSaved` is called at the host's answer, before tags
 * that came since are brought and the item is let go.
 * @typedef {{ isKept?: boolean, stored?: Promise<void>, onProgress?: (sent: number, total: number) => void, onSaved?: (saved: Saved) => void }} SendOptions
 */

/** With these there is no point in trying the next item. */
const STOPS_ALL = /^(host_|library_|not_a_library|disk_full|protocol_mismatch)/;

/** @type {Promise<unknown>} */
let turn = Promise.resolve();
let urgent = 0;
/** @type {Promise<void> | null} */
let draining = null;
/** @type {((item: OutboxItem, saved: Saved) => void)[]} */
const savedListeners = [];
/** @type {(() => void)[]} */
const changeListeners = [];

/** @param {(item: OutboxItem, saved: Saved) => void} listener */
export function onDelivered(listener) {
  savedListeners.push(listener);
}

/** @param {() => void} listener */
export function onOutboxChange(listener) {
  changeListeners.push(listener);
}

export function outboxChanged() {
  changeListeners.forEach((listener) => listener());
}

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
function inTurn(work) {
  const mine = turn.then(work);
  turn = mine.catch(() => {});
  return mine;
}

/**
 * Send a capture that a person waits for, from memory, while it is written into the outbox.
 * @param {OutboxItem} item
 * @param {Payload} payload
 * @param {SendOptions} [options]
 * @returns {Promise<Saved>}
 */
export async function deliverNow(item, payload, options) {
  urgent += 1;
  try {
    return await inTurn(() => deliver(item, payload, options));
  } finally {
    urgent -= 1;
  }
}

/** @param {OutboxItem} item @param {Payload} payload @param {SendOptions} [options] @returns {Promise<Saved>} */
async function deliver(item, payload, { isKept = false, stored, onProgress, onSaved } = {}) {
  try {
    const options = { tags: [...item.add], note: item.note, isKept, onProgress };
    const saved = await sendTolerant(payload, options);
    noteTags(saved, saved.tags, options.tags);
    onSaved?.(saved);
    // saved is saved, whatever became of the outbox
    await stored?.catch(() => {});
    await settle(item, saved, options.tags);
    return saved;
  } catch (error) {
    // neither sent nor stored: that is what has to be told
    await stored;
    await remember(item, error);
    throw error;
  } finally {
    outboxChanged();
  }
}

/** A tag that the host refuses must not keep the page out: it goes without its tags, which are then tried one by one. @param {Payload} payload @param {{ tags: string[], note: string, isKept: boolean, onProgress?: (sent: number, total: number) => void }} options */
async function sendTolerant(payload, options) {
  try {
    return await sendCapture(askHost, payload, options);
  } catch (error) {
    if (!(error instanceof HostError) || !error.code.startsWith('tag_') || !options.tags.length) throw error;
    options.tags.length = 0;
    return sendCapture(askHost, payload, options);
  }
}

/** The page is saved: bring tags that came since, then let go of the item. @param {OutboxItem} item @param {Saved} saved @param {string[]} sentTags */
async function settle(item, saved, sentTags) {
  const latest = (await readItem(item.capture_id).catch(() => undefined)) ?? item;
  const add = latest.add.filter((tag) => !sentTags.includes(tag));
  const remove = [...latest.remove, ...sentTags.filter((tag) => !latest.add.includes(tag))];
  if (add.length || remove.length) await bringTags(saved, add, remove, latest);
  // what stays is sent once more, and the host answers that it has it
  await removeItem(item.capture_id).catch(() => {});
  savedListeners.forEach((listener) => listener(latest, saved));
}

/** The link's tags are these now; of those asked for, some may be there by other names. @param {Saved} saved @param {string[]} tags @param {string[]} asked */
function noteTags(saved, tags, asked) {
  saved.tags = tags;
  saved.renamed = [...(saved.renamed ?? []), ...asked.filter((tag) => !tags.includes(tag))];
}

/** Tags for a page just saved, one by one where the host refuses one; those refused are told with the receipt. @param {Saved} saved @param {string[]} add @param {string[]} remove @param {{ page_url: string, title: string }} item */
export async function bringTags(saved, add, remove, item) {
  try {
    const tags = await tagLink(saved.link_id, add, remove, item);
    if (tags) noteTags(saved, tags, add);
  } catch (error) {
    if (add.length + remove.length > 1) {
      for (const tag of add) await bringTags(saved, [tag], [], item);
      for (const tag of remove) await bringTags(saved, [], [tag], item);
    } else saved.refused_tags = [...(saved.refused_tags ?? []), { tag: String(add[0] ?? remove[0]), error: errorFields(error) }];
  }
}

/** @param {OutboxItem} item @param {unknown} error */
async function remember(item, error) {
  const failure = errorFields(error);
  const state = PASSING.has(failure.code) ? 'waiting' : 'refused';
  await changeItem(item.capture_id, { state, error: failure, attempts: item.attempts + 1 });
}

/** @param {unknown} error */
export function errorFields(error) {
  if (error instanceof HostError) return { code: error.code, message: error.text, detail: error.detail };
  return { code: 'internal', message: String(error), detail: {} };
}

/**
 * Change a saved link's tags; answers them all, or null where the host is not there (the change then waits).
 * @param {number} linkId
 * @param {string[]} add
 * @param {string[]} remove
 * @param {{ page_url: string, title: string }} link
 * @returns {Promise<string[] | null>}
 */
export async function tagLink(linkId, add, remove, { page_url, title }) {
  try {
    const reply = await askHost(ACTIONS.linkTag, { link_id: linkId, add, remove });
    return reply.tags;
  } catch (error) {
    if (!PASSING.has(errorFields(error).code)) throw error;
    const capture_id = newCaptureId();
    const fields = { capture_id, page_url, title, add, remove, link_id: linkId };
    await putItem(newItem({ ...fields, kind: 'tags', state: 'waiting', error: errorFields(error) }));
    outboxChanged();
    return null;
  }
}

/** Send what waits, oldest first, until it is all gone or the host is. */
export function drainOutbox() {
  draining ??= drain().finally(() => {
    draining = null;
  });
  return draining;
}

async function drain() {
  for (const { capture_id } of await listItems()) {
    while (urgent) await turn;
    const item = await readItem(capture_id);
    if (item?.state !== 'waiting') continue;
    try {
      await inTurn(() => deliverWaiting(capture_id));
    } catch (error) {
      if (STOPS_ALL.test(errorFields(error).code)) return;
    }
  }
}

/** Send one item before the others; what keeps it back stands in it afterwards. @param {string} captureId */
export function deliverFirst(captureId) {
  return inTurn(() => deliverWaiting(captureId)).catch(() => {});
}

/** @param {string} captureId */
async function deliverWaiting(captureId) {
  const item = await readItem(captureId);
  if (item?.state !== 'waiting') return;
  if (item.kind === 'tags') {
    await deliverTags(item);
    return;
  }
  const payload = await readPayload(captureId);
  if (payload) await deliver(item, payload);
}

/** @param {OutboxItem} item */
async function deliverTags(item) {
  try {
    await askHost(ACTIONS.linkTag, { link_id: item.link_id, add: item.add, remove: item.remove });
    await removeItem(item.capture_id);
  } catch (error) {
    await remember(item, error);
    throw error;
  } finally {
    outboxChanged();
  }
}
