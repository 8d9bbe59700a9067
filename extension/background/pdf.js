// A PDF in Firefox's own viewer, where no script may go: its address is asked for once more.

import { browserName } from '../shared/browser.js';
import { HostError } from '../shared/protocol.js';
import { hasAccess } from './access.js';
import { findTab } from './tabs.js';

/** @import { TabAnswer } from './frames.js' */
/** @import { Gathered } from './gather.js' */

const PDF = 'application/pdf';
/** How the file begins, whatever its server calls it. */
const MAGIC = '%PDF-';

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Could this be that viewer? It has an icon of its own, and the file's name in its title. @param {{ url?: string, title?: string, favIconUrl?: string }} tab */
function looksLikePdf({ url = '', title = '', favIconUrl = '' }) {
  // Chromium lets scripts into its viewer, and ends a worker that asks for a page of its add-on store.
  return /^https?:/.test(url) && browserName().startsWith('Firefox') && /pdf/i.test(`${url} ${title} ${favIconUrl}`);
}

/**
 * What would be read of the tab if it shows a PDF, as Chromium has it: a document that shows the bytes at its address.
 * @param {number} tabId
 * @param {HostError} refused thrown where it cannot be one
 * @returns {Promise<TabAnswer>}
 */
export async function readAsPdf(tabId, refused) {
  const tab = await findTab(tabId);
  const { url = '', title = '' } = tab;
  if (!looksLikePdf(tab) || !(await hasAccess(`*://${new URL(url).hostname}/*`))) throw refused;
  const shown = `<embed src="${escaped(url)}" type="${PDF}" style="width:100vw;height:100vh">`;
  const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body style="margin:0">${shown}</body></html>`;
  const known = { frame: '', frameId: 0, url, baseUrl: url, title, mediaType: 'text/html', html, htmlLength: html.length };
  const none = { inline: [], missing: [], onScreen: [], fontsDeclared: 0, used: [], faces: [], warnings: [] };
  const frame = { ...known, ...none, resources: [{ url, kind: /** @type {const} */ ('other') }] };
  return { frames: [frame], timings: { settle: 0, serialise: 0 }, missing: [], status: null, fetched: new Map(), page: null };
}

/**
 * Did the address give a PDF? One that was posted for or has expired gives something else.
 * @param {string} url @param {Gathered} gathered @param {HostError} refused
 */
export async function checkPdf(url, { resources, missing }, refused) {
  const reason = missing.get(url);
  if (reason) throw new HostError(reason === 'too_large' ? 'page_too_large' : 'pdf_not_given', '', { reason });
  const given = resources.get(url);
  if (!given || (await new Blob([given.bytes]).slice(0, MAGIC.length).text()) !== MAGIC) throw refused;
  given.mediaType = PDF;
}
