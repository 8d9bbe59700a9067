// A PDF in Firefox's own viewer, where no script may go: its address is asked for once more.

import { browserName } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';
import { findTab } from './tabs.js';

/** @import { TabAnswer } from './frames.js' */
/** @import { Gathered } from './gather.js' */

const PDF = 'application/pdf';

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/**
 * What would be read of the tab if it shows a PDF, as Chromium has it: a document that shows the bytes at its address.
 * @param {number} tabId
 * @param {HostError} refused thrown where it cannot be one
 * @returns {Promise<TabAnswer>}
 */
export async function readAsPdf(tabId, refused) {
  const { url = '', title = '' } = await findTab(tabId);
  // Chromium lets scripts into its viewer, and ends a worker that asks for a page of its add-on store.
  if (!/^https?:/.test(url) || !browserName().startsWith('Firefox')) throw refused;
  const shown = `<embed src="${escaped(url)}" type="${PDF}" style="width:100vw;height:100vh">`;
  const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body style="margin:0">${shown}</body></html>`;
  const known = { frame: '', frameId: 0, url, baseUrl: url, title, mediaType: 'text/html', html, htmlLength: html.length };
  const none = { inline: [], missing: [], onScreen: [], fontsDeclared: 0, used: [], faces: [], warnings: [] };
  const frame = { ...known, ...none, resources: [{ url, kind: /** @type {const} */ ('other') }] };
  return { frames: [frame], timings: { settle: 0, serialise: 0 }, missing: [], status: null, fetched: new Map(), page: null };
}

/** Did the address give a PDF? One that was posted for or has expired gives something else. @param {string} url @param {Gathered} gathered @param {HostError} refused */
export function checkPdf(url, { resources, missing }, refused) {
  if (missing.get(url) === 'too_large') throw new HostError('page_too_large');
  if (!resources.get(url)?.mediaType.toLowerCase().startsWith(PDF)) throw refused;
}
