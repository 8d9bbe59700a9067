/** What a capture kept and what it could not, for people. */

import { el } from './dom.js';
import { bytes, hasWords, number, t } from './i18n.js';

/** One line about a receipt. */
export function receiptLine(receipt) {
  const missing = receipt.missing.length;
  if (missing === 0 && receipt.warnings.length > 0) return t('receipt.short_warned', { n: receipt.kept });
  return missing > 0 ? t('receipt.short_missing', { kept: receipt.kept, n: missing }) : t('receipt.short', { n: receipt.kept });
}

/** The whole receipt. */
export function receiptDetails(snapshot) {
  const { receipt } = snapshot;
  const warnings = receipt.warnings.map((code) => el('p', { class: 'receipt-warning' }, worded('warning', code)));
  const missing = receipt.missing.map(({ url, reason }) => el('li', {},
    el('span', { class: 'receipt-reason' }, worded('reason', reason)),
    el('span', { class: 'receipt-url', title: url }, url)));
  return el('div', { class: 'receipt', role: 'region', 'aria-label': t('receipt.title'), tabIndex: 0 },
    ...warnings,
    el('dl', { class: 'receipt-facts' }, ...facts(snapshot).flatMap(([name, value]) => [el('dt', {}, t(name)), el('dd', {}, value)])),
    missing.length > 0 ? el('ul', { class: 'receipt-missing' }, ...missing) : null);
}

function facts(snapshot) {
  const { receipt } = snapshot;
  const milliseconds = Object.values(receipt.timings_ms).reduce((sum, step) => sum + step, 0);
  const lines = [
    ['receipt.kept', number(receipt.kept)],
    ['receipt.missing', number(receipt.missing.length)],
    ['receipt.frames', number(receipt.frames)],
    ['receipt.fonts', `${number(receipt.fonts.kept)} / ${number(receipt.fonts.declared)}`],
    ['receipt.bytes', t('receipt.bytes_of', { page: bytes(receipt.bytes.page), stored: bytes(receipt.bytes.stored) })],
    ['receipt.via', [t(`via.${snapshot.via}`), receipt.agent].filter(Boolean).join(' · ')],
  ];
  if (milliseconds > 0) lines.push(['receipt.time', `${number(Math.round(milliseconds))} ms`]);
  if (snapshot.status !== null && snapshot.status >= 400) lines.push(['receipt.status', String(snapshot.status)]);
  return lines;
}

/** A code in words where there are any, else the code itself: newer captures may know more. */
function worded(family, code) {
  const key = `${family}.${code}`;
  if (hasWords(key)) return t(key);
  return /^\d{3}$/.test(code) ? t('reason.status', { status: code }) : code;
}
