// Links that a person points at, and pages that wait to be opened anew: each is listed in the outbox before its tab is opened behind.

import { showLink } from './badge.js';
import { inBackgroundTab } from './behind.js';
import { errorFields, outboxChanged } from './delivery.js';
import { newCaptureId } from './digest.js';
import { startJob } from './jobs.js';
import { changeItem, newItem, putItem, readItem } from './outbox.js';

/** @import { OutboxItem } from './outbox.js' */
/** @typedef {'reading' | 'saved' | 'waiting' | 'failed'} Step */

/** A second worker that was stopped over the same link leaves it to the person. */
const MOST_TRIES = 2;

/** The captures whose tab is open behind, or about to be. @type {Set<string>} */
const open = new Set();

/** How it goes with the links pointed at in a tab while one of them is under way. @type {Map<number, Map<string, [Step, OutboxItem['error']]>>} */
const pointed = new Map();
const LOUDEST = ['reading', 'failed', 'waiting', 'saved'];

/** Is this capture's page being opened by this worker? @param {string} captureId */
export function isOpening(captureId) {
  return open.has(captureId);
}

/** Keep a link, and show on the tab it stands in how that goes. @param {string} url @param {number} [tabId] */
export function keepPointedAt(url, tabId = -1) {
  return openAndKeep(newItem({ capture_id: newCaptureId(), page_url: url, pointed_in: tabId }));
}

/** Take up a link that a worker which was stopped had begun with. @param {OutboxItem} item */
export async function resumeLink(item) {
  if (item.attempts < MOST_TRIES) await openAndKeep(item);
  else await leave(item, { code: 'page_closed', message: '', detail: {} });
}

/** Open an item's page behind and keep it; where that fails the item stays, with the reason. @param {OutboxItem} item */
export async function openAndKeep(item) {
  const { capture_id, page_url, pointed_in, attempts } = item;
  open.add(capture_id);
  show(item, 'reading');
  try {
    const begun = { ...item, state: /** @type {const} */ ('capturing'), error: null, attempts: attempts + 1 };
    // with no room to list it, it is kept from memory, as a click is
    await putItem(begun).catch(() => {});
    // what a person clicked on was on the screen, whatever its status
    const keepErrors = pointed_in === null;
    await inBackgroundTab(page_url, (tab) => startJob(/** @type {number} */ (tab.id), begun).finished, { keepErrors });
    show(item, 'saved');
  } catch (error) {
    await leave(item, errorFields(error));
  } finally {
    open.delete(capture_id);
  }
}

/** What was read whole waits to be sent; all else is listed as not kept, with a button. @param {OutboxItem} item @param {NonNullable<OutboxItem['error']>} error */
async function leave(item, error) {
  // an outbox that cannot be read lists nothing
  const latest = await readItem(item.capture_id).catch(() => undefined);
  if (latest?.state === 'capturing') await changeItem(item.capture_id, { state: 'interrupted', error });
  const isWhole = latest?.state === 'waiting' || latest?.state === 'refused';
  show(item, isWhole ? 'waiting' : 'failed', error);
  outboxChanged();
}

/** Of several links in one tab a failure is not hidden by what was kept after it. @param {OutboxItem} item @param {Step} step @param {OutboxItem['error']} [error] */
function show({ capture_id, pointed_in }, step, error = null) {
  if (pointed_in === null) return;
  const links = pointed.get(pointed_in) ?? new Map();
  links.set(capture_id, [step, error]);
  const [loudest] = [...links.values()].sort(([one], [other]) => LOUDEST.indexOf(one) - LOUDEST.indexOf(other));
  if (loudest[0] === 'reading') pointed.set(pointed_in, links);
  else pointed.delete(pointed_in);
  void showLink(pointed_in, loudest[0], loudest[1]);
}
