// Hashes of bytes and the digest of a plan.

/** @import { CapturePlan } from '../shared/protocol.js' */

/** SHA-256 in hexadecimal. @param {Uint8Array<ArrayBuffer>} bytes */
export async function sha256(bytes) {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** 32 hexadecimal digits, as a capture's id wants. */
export function newCaptureId() {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/** The plan's digest as host/PROTOCOL.md defines it; JavaScript's sort is by UTF-16 code unit. @param {Pick<CapturePlan, 'page_url' | 'documents' | 'resources'>} plan */
export function digestOf(plan) {
  const icon = /^https?:/.test(plan.page_url) ? new URL('/favicon.ico', plan.page_url).href : '';
  const own = plan.documents[0]?.url;
  const lines = [
    ...plan.documents.map(({ frame, url, sha256: hash }) => `D ${frame} ${url === own ? '' : url} ${hash}`),
    ...plan.resources.filter(({ url }) => url !== icon).map(({ url, sha256: hash }) => `R ${url} ${hash}`),
  ].sort();
  return sha256(new TextEncoder().encode(lines.join('\n')));
}
