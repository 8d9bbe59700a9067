// After a killed worker or a closed browser: captures that were begun are begun again, what waits is sent.

import { browser } from '../shared/browser.js';
import { closeLeft, matchAwake } from './behind.js';
import { deliverFirst, drainOutbox, outboxChanged } from './delivery.js';
import { isCapturing, startJob } from './jobs.js';
import { isOpening, openAndKeep, resumeLink } from './links.js';
import { changeItem, listItems, readItem, readPayload, removeItem } from './outbox.js';

/** @import { OutboxItem } from './outbox.js' */

/** Take up what an earlier worker left; called whenever a worker starts. */
export async function recover() {
  const isFirst = await closeLeft();
  await matchAwake();
  if (isFirst) await forgetTabs();
  await takeUp();
  await drainOutbox();
}

/** What an earlier run of the browser numbered as a tab is another now: nothing is shown there. */
async function forgetTabs() {
  for (const { capture_id, pointed_in } of await listItems()) {
    if ((pointed_in ?? -1) !== -1) await changeItem(capture_id, { pointed_in: -1 });
  }
}

/** Begin again every capture that an earlier worker had begun and written down. */
export async function takeUp() {
  for (const item of await listItems()) {
    if (item.state !== 'capturing' || isCapturing(item.capture_id) || isOpening(item.capture_id)) continue;
    // whoever asked on the command line was told when the worker's host ended
    if (item.request_id !== null) await removeItem(item.capture_id);
    else if (item.pointed_in !== null) void resumeLink(item);
    else await resume(item);
  }
}

/** The page is read again where its tab still shows it; else the item waits for a person. @param {OutboxItem} item */
async function resume(item) {
  const tabs = await browser.tabs.query({});
  const same = tabs.filter((tab) => tab.url === item.page_url && tab.id !== undefined);
  const tab = same.find(({ id }) => id === item.tab_id) ?? same[0];
  if (tab?.id !== undefined) {
    startJob(tab.id, item);
    return;
  }
  const error = { code: 'page_closed', message: '', detail: {} };
  await changeItem(item.capture_id, { state: 'interrupted', error });
  outboxChanged();
}

/** Throw an item away, for now. @param {string} captureId */
export async function discardItem(captureId) {
  const item = await changeItem(captureId, { state: 'discarded' });
  outboxChanged();
  return item ?? null;
}

/** Bring back what was thrown away: what was read whole is sent, of another page its place in the list is all there is. @param {string} captureId */
export async function restoreItem(captureId) {
  const found = (await listItems()).find(({ capture_id }) => capture_id === captureId);
  const isWhole = found?.kind === 'tags' || (await readPayload(captureId));
  const item = await changeItem(captureId, { state: isWhole ? 'waiting' : 'interrupted' });
  outboxChanged();
  return item ?? null;
}

/** What was thrown away stays until the browser starts again, so that it can be brought back. */
export async function forgetDiscarded() {
  for (const { capture_id } of await listItems()) await forgetItem(capture_id);
}

/** What was thrown away goes for good, and makes room. @param {string} captureId */
export async function forgetItem(captureId) {
  if ((await readItem(captureId))?.state === 'discarded') await removeItem(captureId);
}

/** Try an item again that a person points at. @param {string} captureId */
export async function retryItem(captureId) {
  const item = (await listItems()).find(({ capture_id }) => capture_id === captureId);
  if (!item) return null;
  if (item.state === 'interrupted') return openAndKeep({ ...item, attempts: 0 });
  const changed = await changeItem(captureId, { state: 'waiting' });
  await deliverFirst(captureId);
  await drainOutbox();
  return changed ?? null;
}
