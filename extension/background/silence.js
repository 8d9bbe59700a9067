// Pages in which nothing runs: one that shows a question, or is busy, is not waited for without end.

import { browser } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';

/** Between two signs of life; most pages are read before the first is asked for. */
const PAUSE_MS = 2_000;
/** So long a page may be busy with one step. */
const SILENT_MS = 25_000;

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms, null));

/**
 * What `work` in a frame comes to, or page_silent once the frame gives no sign of life: a large page gives some between its slices.
 * @template T
 * @param {number} tabId
 * @param {number} frameId
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function unlessSilent(tabId, frameId, work) {
  let isDone = false;
  const watch = async () => {
    for (await sleep(PAUSE_MS); !isDone; await sleep(PAUSE_MS)) {
      if ((await Promise.race([signOfLife(tabId, frameId), sleep(SILENT_MS)])) === null) throw new HostError('page_silent');
    }
    return work;
  };
  try {
    return await Promise.race([work, watch()]);
  } finally {
    isDone = true;
  }
}

/** Under a question Firefox runs scripts, but none of their timers. @param {number} tabId @param {number} frameId */
async function signOfLife(tabId, frameId) {
  const func = () => new Promise((resolve) => setTimeout(resolve, 0, true));
  // a page that went fails by itself
  await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, func, injectImmediately: true }).catch(() => {});
  return true;
}
