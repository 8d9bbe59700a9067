// The capture starts here, before the rest of the popup has loaded: opening the port is the click.

import { browser } from '../shared/browser.js';

/** @import { JobState } from '../background/jobs.js' */

performance.mark('linkshot:opened');

const REOPEN_MS = 200;

const { searchParams } = new URL(location.href);
const tabId = /^\d+$/.exec(searchParams.get('tabId') ?? '')?.[0] ?? 'front';

/** @type {JobState | null} */
let latest = null;
/** @type {((state: JobState) => void) | null} */
let listener = null;
let port = open('popup');

/** "popup" starts the capture; "watch" only listens, for a worker that was stopped under way. @param {'popup' | 'watch'} role */
function open(role) {
  const opened = browser.runtime.connect({ name: `${role}:${tabId}` });
  opened.onMessage.addListener(hear);
  opened.onDisconnect.addListener(() => {
    setTimeout(() => {
      port = open('watch');
    }, REOPEN_MS);
  });
  return opened;
}

/** What is told of another capture than the one shown is left out. @param {Partial<JobState>} state */
function hear(state) {
  const isWhole = state.tab_id !== undefined;
  if (latest && !isWhole && state.capture_id !== latest.capture_id) return;
  latest = /** @type {JobState} */ ({ ...latest, ...state });
  listener?.(latest);
}

/** Hear of every step of the capture; the last one known at once. @param {(state: JobState) => void} hearState */
export function onState(hearState) {
  listener = hearState;
  if (latest) hearState(latest);
}

/** Capture the page once more. */
export function captureAgain() {
  port.postMessage({ type: 'again' });
}
