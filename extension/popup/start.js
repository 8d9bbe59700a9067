// The capture starts here: opening the port is the click. The rest of the popup is loaded when the page has been read.

import { browser } from '../shared/browser.js';
import { INJECT_FILES } from '../shared/inject_files.js';

/** @import { JobState } from '../background/jobs.js' */

performance.mark('linkshot:opened');

const REOPEN_MS = 200;
/** Reading takes longer than this on large pages only; the popup has to answer to its keys all the same. */
const LATE_MS = 120;

const { searchParams } = new URL(location.href);
const tabId = /^\d+$/.exec(searchParams.get('tabId') ?? '')?.[0] ?? 'front';

/** @type {JobState | null} */
let latest = null;
/** @type {((state: JobState) => void)[]} */
const listeners = [];
/** @type {Promise<void> | null} */
let showing = null;
let isWhole = false;
beginReading();
const clickId = crypto.randomUUID();
let port = open(`${tabId === 'front' ? 'popup' : 'click'}:${tabId}:${clickId}`);
// the worker hears of it even where this page is gone before a stopped worker has started
browser.storage.session.set({ click: { id: clickId, tab: tabId } }).catch(() => {});
setTimeout(() => void loadRest(), LATE_MS);

/** The scripts are on their way into the page before the worker hears of the click. Should that fail, the worker sends them itself. */
function beginReading() {
  if (tabId === 'front') return;
  const target = { tabId: Number(tabId), frameIds: [0] };
  const files = [...INJECT_FILES, '/inject/tab_begin.js'];
  browser.scripting.executeScript({ target, files, injectImmediately: true }).catch(() => {});
}

/**
 * By its name "popup" starts the capture, "click" too, with the scripts sent ahead. For a worker that was stopped under way: "resume" begins
 * anew what it may not have written down yet, "watch" only listens.
 * @param {string} name
 */
function open(name) {
  const opened = browser.runtime.connect({ name });
  opened.onMessage.addListener(hear);
  opened.onDisconnect.addListener(() => {
    setTimeout(() => {
      const isBeginning = !latest || latest.step === 'reading' || latest.step === 'gathering';
      port = open(`${isBeginning ? 'resume' : 'watch'}:${tabId}`);
    }, REOPEN_MS);
  });
  return opened;
}

/** What is told of another capture than the one shown is left out. @param {Partial<JobState>} state */
function hear(state) {
  if (latest && state.tab_id === undefined && state.capture_id !== latest.capture_id) return;
  latest = /** @type {JobState} */ ({ ...latest, ...state });
  performance.mark(`linkshot:heard_${latest.step}`);
  for (const listen of listeners) listen(latest);
  if (latest.step !== 'reading') showing ??= showSteps();
  if (/^(saved|waiting|failed)$/.test(latest.step)) void loadRest();
}

async function showSteps() {
  const { showState } = await import('./state.js');
  let shown = '';
  onState((state) => {
    showState(state);
    if (shown !== state.step) performance.mark(`linkshot:${state.step}`);
    shown = state.step;
  });
}

/**
 * All that is not the click: on two cores its loading would take half of the time in which the page is read and saved. What shows the
 * receipt comes before what keeps the tags.
 */
async function loadRest() {
  if (isWhole) return;
  isWhole = true;
  await (showing ??= showSteps());
  await import('./popup.js');
}

/** Hear of every step of the capture; the last one known at once. @param {(state: JobState) => void} hearState */
export function onState(hearState) {
  listeners.push(hearState);
  if (latest) hearState(latest);
}

/**
 * Tell the worker: `again` captures the page once more; `asking` says that access to sites is being asked for, so that the
 * capture goes on when it is given even where the browser's question closes the popup; `allowed` that it was given.
 * @param {'again' | 'asking' | 'allowed'} type
 */
export function tell(type) {
  port.postMessage({ type });
}
