// The capture starts here, before the rest of the popup has loaded: opening the port is the click.

import { browser } from '../shared/browser.js';

/** @import { JobState } from '../background/jobs.js' */

const { searchParams } = new URL(location.href);
const tabId = /^\d+$/.exec(searchParams.get('tabId') ?? '')?.[0] ?? 'front';
const port = browser.runtime.connect({ name: `popup:${tabId}` });

/** @type {JobState | null} */
let latest = null;
/** @type {((state: JobState) => void) | null} */
let listener = null;

port.onMessage.addListener((state) => {
  latest = { ...latest, ...state };
  listener?.(/** @type {JobState} */ (latest));
});

/** Hear of every step of the capture; the last one known at once. @param {(state: JobState) => void} hear */
export function onState(hear) {
  listener = hear;
  if (latest) hear(latest);
}

/** Capture the page once more. */
export function captureAgain() {
  port.postMessage({ type: 'again' });
}
