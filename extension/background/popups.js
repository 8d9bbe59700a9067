// Open popups: each hangs on a port, which starts the capture when it opens and hears of every step. A click is noted in the session's
// storage as well: the port of a popup that is gone before a stopped worker has started is never heard of.

import { browser } from '../shared/browser.js';
import { rememberAsking, takeAsking } from './access.js';
import { expectScripts } from './asking.js';
import { errorFields } from './delivery.js';
import { jobOf, startJob } from './jobs.js';
import { takeUp } from './recovery.js';
import { tabIdIn } from './router.js';
import { findTab } from './tabs.js';

/** @import { Saved } from '../shared/protocol.js' */
/** @import { JobState } from './jobs.js' */
/** @import { OutboxItem } from './outbox.js' */

/** @type {Map<chrome.runtime.Port, number>} */
const ports = new Map();
/** Clicks that were heard of, by port or by note. @type {Set<string>} */
const heard = new Set();

/** @param {string | undefined} clickId none: whoever asks cannot note it */
function isFirstHeard(clickId) {
  if (clickId === undefined) return true;
  const isFirst = !heard.has(clickId);
  heard.add(clickId);
  return isFirst;
}

/** A popup noted its click: the capture begins, unless its port was heard. @param {{ id: string, tab: string }} click */
export async function onClickNoted({ id, tab }) {
  if (!isFirstHeard(id)) return;
  const tabId = tab === 'front' ? (await findTab(null)).id : Number(tab);
  if (tabId === undefined) return;
  if (tab !== 'front') expectScripts(tabId);
  startJob(tabId);
}

/** A popup opened: the capture of its tab begins. @param {chrome.runtime.Port} port */
export async function onPopup(port) {
  port.onDisconnect.addListener(() => ports.delete(port));
  const [role, , clickId] = port.name.split(':');
  const isNew = isFirstHeard(clickId);
  try {
    const wanted = tabIdIn(port.name);
    const tabId = wanted ?? /** @type {number} */ ((await findTab(null)).id);
    ports.set(port, tabId);
    if (isNew && wanted !== null && role === 'click') expectScripts(wanted);
    // what is in the outbox goes on under its own id, and is joined
    if (role === 'resume') await takeUp();
    const job = role === 'watch' || !isNew ? jobOf(tabId) : startJob(tabId);
    if (job) port.postMessage(job.state);
    port.onMessage.addListener((message) => {
      if (message?.type === 'again') startJob(tabId);
      if (message?.type === 'asking') void rememberAsking(tabId);
      if (message?.type === 'allowed') void captureAllowed();
    });
  } catch (error) {
    port.postMessage({ step: 'failed', error: errorFields(error) });
  }
}

/**
 * The toolbar's popup of this tab is told which tab it is for: asking would take longer than all else that it does first. The browser
 * forgets it when the tab goes elsewhere.
 * @param {number} tabId
 */
export function namePopup(tabId) {
  // the tab may have been closed meanwhile
  browser.action.setPopup({ tabId, popup: `popup/popup.html?tabId=${tabId}` }).catch(() => {});
}

/** The pages that had loaded before the worker listened. */
export async function namePopups() {
  for (const { id } of await browser.tabs.query({ status: 'complete' })) if (id !== undefined) namePopup(id);
}

/** Access was given: the page it was asked for is kept, whoever hears of it first. */
export async function captureAllowed() {
  const tabId = await takeAsking();
  if (tabId !== null) startJob(tabId);
}

/** Tell the popups of a tab. @param {JobState} state */
export function tellPopups(state) {
  for (const [port, tabId] of ports) {
    if (tabId === state.tab_id) port.postMessage(state);
  }
}

/** The outbox brought a capture home: the popup that still shows it hears of it. @param {OutboxItem} item @param {Saved} saved */
export function tellDelivered({ capture_id, tab_id }, saved) {
  for (const [port, tabId] of ports) {
    if (tabId === tab_id) port.postMessage({ capture_id, step: 'saved', saved, error: null });
  }
}

/** Is this the port of one of our own popups? @param {chrome.runtime.Port} port */
export function isPopupPort(port) {
  const home = browser.runtime.getURL('popup/');
  return port.sender?.id === browser.runtime.id && Boolean(port.sender?.url?.startsWith(home));
}
