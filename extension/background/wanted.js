// `linkshot add --via tab`: the host asks for an address, the browser opens, keeps and closes it.

import { ACTIONS, EVENTS } from '../shared/protocol.js';
import { errorMessage } from '../shared/words.js';
import { inBackgroundTab } from './behind.js';
import { errorFields } from './delivery.js';
import { askHost } from './host.js';
import { startJob } from './jobs.js';

/** Answer one event of the host. @param {Record<string, unknown>} event */
export async function onWanted({ event, request_id, url, tags, note, keep_errors }) {
  if (event !== EVENTS.captureWanted || typeof request_id !== 'number' || typeof url !== 'string') return;
  try {
    const wanted = { add: Array.isArray(tags) ? tags.map(String) : [], note: String(note ?? ''), request_id };
    const keep = (/** @type {chrome.tabs.Tab} */ { id }) => startJob(/** @type {number} */ (id), wanted).finished;
    const { snapshot_id } = await inBackgroundTab(url, keep, { keepErrors: keep_errors === true });
    await askHost(ACTIONS.captureResult, { request_id, snapshot_id });
  } catch (error) {
    const failure = errorFields(error);
    const { code, detail } = failure;
    // a host that is gone has nobody waiting for the answer
    await askHost(ACTIONS.captureResult, { request_id, code, message: errorMessage(failure), detail }).catch(() => {});
  }
}
