// `linkshot add --via tab`: the host asks for an address, the browser opens, keeps and closes it.

import { ACTIONS, EVENTS } from '../shared/protocol.js';
import { errorFields } from './delivery.js';
import { askHost } from './host.js';
import { keepLink } from './menus.js';

/** Answer one event of the host. @param {Record<string, unknown>} event */
export async function onWanted({ event, request_id, url, tags, note }) {
  if (event !== EVENTS.captureWanted || typeof request_id !== 'number' || typeof url !== 'string') return;
  try {
    const options = { add: Array.isArray(tags) ? tags.map(String) : [], note: String(note ?? ''), requestId: request_id };
    const { snapshot_id } = await keepLink(url, options);
    await askHost(ACTIONS.captureResult, { request_id, snapshot_id });
  } catch (error) {
    const { code, message } = errorFields(error);
    // a host that is gone has nobody waiting for the answer
    await askHost(ACTIONS.captureResult, { request_id, code, message }).catch(() => {});
  }
}
