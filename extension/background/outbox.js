// The outbox: whole captures in IndexedDB until the host says that they are saved.

import { HostError } from '../shared/protocol.js';

/** @import { CapturePlan } from '../shared/protocol.js' */

/**
 * What waits, light enough to be listed. `capturing`: begun, nothing read yet; `waiting`: whole, to be sent;
 * `refused`: the host said no, a person has to look; `interrupted`: the tab went before the page was read;
 * `discarded`: thrown away, undo is possible. Of `selection_frame` only the selected part is wanted; `pointed_in` is the tab in which a
 * person pointed at the link, null for a page that was clicked on itself. A `tags` item carries changes for a link that is saved already.
 * @typedef {{
 *   capture_id: string, kind: 'capture' | 'tags', state: 'capturing' | 'waiting' | 'refused' | 'interrupted' | 'discarded',
 *   tab_id: number, page_url: string, title: string, created_at: string, size: number, attempts: number,
 *   add: string[], remove: string[], note: string, link_id: number | null, request_id: string | number | null,
 *   selection_frame: number | null, pointed_in: number | null,
 *   error: { code: string, message: string, detail: Record<string, unknown> } | null,
 * }} OutboxItem
 */

/**
 * The bytes of one capture: documents, then resources, each once, end to end in `bytes`.
 * @typedef {{ capture_id: string, plan: CapturePlan, digest: string, parts: Record<string, [number, number]>, bytes: Blob | ArrayBuffer }} Payload
 */

const NAME = 'linkshot';
const VERSION = 1;

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('items', { keyPath: 'capture_id' });
      request.result.createObjectStore('payloads', { keyPath: 'capture_id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => {
      opening = null;
      reject(failureOf(request.error));
    };
  });
  return opening;
}

/** Open the database early, so that the first capture need not wait for it. */
export function openOutbox() {
  return database();
}

/**
 * Run `work` in one transaction; resolves with its request's result when all is written.
 * @param {string[]} stores
 * @param {IDBTransactionMode} mode
 * @param {(transaction: IDBTransaction) => IDBRequest | void} work
 * @returns {Promise<any>}
 */
async function transact(stores, mode, work) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(stores, mode);
    const request = work(transaction);
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(failureOf(transaction.error ?? request?.error ?? null));
  });
}

/** @param {DOMException | null} error */
function failureOf(error) {
  // a full disk is an UnknownError too (Firefox, as it opens) or a DataError (Chromium, as it writes large bytes)
  const isFull = /^(QuotaExceeded|Unknown)Error$/.test(error?.name ?? '') || /failed to write blobs/i.test(error?.message ?? '');
  if (isFull) return new HostError('outbox_full');
  return error ?? new DOMException('the outbox could not be written', 'AbortError');
}

/** An item as it is when a capture begins. @param {Partial<OutboxItem> & { capture_id: string, page_url: string }} fields @returns {OutboxItem} */
export function newItem(fields) {
  return {
    kind: 'capture',
    state: 'capturing',
    tab_id: -1,
    title: '',
    created_at: new Date().toISOString(),
    size: 0,
    attempts: 0,
    add: [],
    remove: [],
    note: '',
    link_id: null,
    request_id: null,
    selection_frame: null,
    pointed_in: null,
    error: null,
    ...fields,
  };
}

/** @param {OutboxItem} item @returns {Promise<void>} */
export function putItem(item) {
  return transact(['items'], 'readwrite', (transaction) => {
    transaction.objectStore('items').put(item);
  });
}

/** The item and all its bytes, or neither. @param {OutboxItem} item @param {Payload} payload @returns {Promise<void>} */
export function putCapture(item, payload) {
  return transact(['items', 'payloads'], 'readwrite', (transaction) => {
    transaction.objectStore('items').put(item);
    transaction.objectStore('payloads').put(payload);
  });
}

/**
 * Change fields of an item that is still there; answers it as it is now, or undefined.
 * @param {string} captureId
 * @param {Partial<OutboxItem>} change
 * @returns {Promise<OutboxItem | undefined>}
 */
export async function changeItem(captureId, change) {
  /** @type {OutboxItem | undefined} */
  let changed;
  await transact(['items'], 'readwrite', (transaction) => {
    const store = transaction.objectStore('items');
    const request = store.get(captureId);
    request.onsuccess = () => {
      if (!request.result) return;
      changed = { ...request.result, ...change };
      store.put(changed);
    };
  });
  return changed;
}

/** @param {string} captureId @returns {Promise<OutboxItem | undefined>} */
export function readItem(captureId) {
  return transact(['items'], 'readonly', (transaction) => transaction.objectStore('items').get(captureId));
}

/** @param {string} captureId @returns {Promise<Payload | undefined>} */
export function readPayload(captureId) {
  return transact(['payloads'], 'readonly', (transaction) => transaction.objectStore('payloads').get(captureId));
}

/** @param {string} captureId @returns {Promise<void>} */
export function removeItem(captureId) {
  return transact(['items', 'payloads'], 'readwrite', (transaction) => {
    transaction.objectStore('items').delete(captureId);
    transaction.objectStore('payloads').delete(captureId);
  });
}

/** All items, oldest first. @returns {Promise<OutboxItem[]>} */
export async function listItems() {
  const items = await transact(['items'], 'readonly', (transaction) => transaction.objectStore('items').getAll());
  // one of an earlier version has not all fields
  const whole = items.map((/** @type {OutboxItem} */ item) => newItem(item));
  return whole.sort((/** @type {OutboxItem} */ a, /** @type {OutboxItem} */ b) => (a.created_at < b.created_at ? -1 : 1));
}
