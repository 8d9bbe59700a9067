// Questions of the extension's own pages to the worker.

import { browser } from './browser.js';
import { HostError } from './protocol.js';

/** Ask the worker; rejects with the HostError it answers. @param {string} type @param {Record<string, unknown>} [fields] @returns {Promise<any>} */
export async function askWorker(type, fields = {}) {
  const reply = await browser.runtime.sendMessage({ type, ...fields });
  if (reply?.ok) return reply.value;
  const { code = 'internal', message: words = '', detail = {} } = reply?.error ?? {};
  throw new HostError(code, words, detail);
}
