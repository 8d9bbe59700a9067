/** Calls to the viewer's own server. */

import { currentLanguage } from './i18n.js';

/** A coded failure; `message` is in the person's language already. */
export class ApiError extends Error {
  constructor(code, message, status) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
  }
}

/** The server of this window has ended, or the machine is too busy to answer. */
export const OFFLINE = 'window_offline';

/** Reads; `facts` become the query string, empty ones left out. */
export function get(path, facts = {}, signal = undefined) {
  const asked = Object.entries(facts).filter(([, value]) => value !== '' && value !== undefined && value !== false);
  const query = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]));
  const suffix = query.size > 0 ? `?${query}` : '';
  return call(path + suffix, { signal });
}

/** Changes something. */
export function post(path, body = {}) {
  return call(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
}

async function call(path, options) {
  const headers = { ...options.headers, 'X-Linkshot-Language': currentLanguage() };
  let reply;
  try {
    reply = await fetch(path, { ...options, headers });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(OFFLINE, '', 0);
  }
  const value = await reply.json();
  if (!reply.ok) throw new ApiError(value.code, value.message, reply.status);
  return value;
}
