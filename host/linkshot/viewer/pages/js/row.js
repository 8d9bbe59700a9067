/** One row of the list: a link, or a search hit with its snippet. */

import { colorDot } from './colors.js';
import { el, icon } from './dom.js';
import { day, t, utcDay } from './i18n.js';
import { snippetNodes } from './snippet.js';

const TILES = 6;

/** Fills a row's element for an item; `undefined` while it is loading. */
export function fillRow(row, item, kind, actions) {
  row.dataset.kind = kind;
  row.dataset.state = item === undefined ? 'loading' : 'ready';
  const link = item ?? { title: '', site: '', tags: [], snapshots: 0 };
  row.replaceChildren(lead(link, item !== undefined), body(link, kind, item !== undefined), end(item, actions));
  if (item !== undefined) row.dataset.link = String(item.link_id);
}

/** The site of a link for show. */
export function siteOf(link) {
  if (link.site) return link.site;
  try {
    return new URL(link.url).host;
  } catch {
    return link.url ?? ''; // an address without a host is its own name
  }
}

/** The title of a link for show. */
export function titleOf(link) {
  return link.title || link.url || '';
}

/** The picture with the box over it that chooses the link. */
function lead(link, ready) {
  const check = ready && el('input', { type: 'checkbox', class: 'row-check', tabIndex: -1, 'aria-label': t('choose.one', { title: titleOf(link) }) });
  return el('div', { class: 'row-lead' }, thumbnail(link), check);
}

function thumbnail(link) {
  const snapshotId = link.last_snapshot_id ?? link.snapshot_id;
  if (!link.thumbnail || !snapshotId) return tile(link);
  const image = el('img', { src: `api/thumbnails/${snapshotId}`, alt: '', loading: 'lazy', decoding: 'async' });
  const frame = el('span', { class: 'thumb' }, image);
  image.addEventListener('error', () => frame.replaceWith(tile(link)), { once: true });
  return frame;
}

/** A quiet card in place of a picture: the first letter, on the site's own colour. */
function tile(link) {
  const site = siteOf(link);
  let sum = 0;
  for (const character of site) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  const letter = titleOf(link).match(/[\p{L}\p{N}]/u)?.[0] ?? '';
  return el('span', { class: 'thumb', 'data-tile': String(sum % TILES), 'aria-hidden': 'true' }, letter.toUpperCase());
}

function body(link, kind, ready) {
  const title = el('button', { type: 'button', class: 'row-title', tabIndex: -1, title: titleOf(link) }, ...snippetNodes(link.marked_title || titleOf(link)));
  const children = [title, facts(link, kind, ready)];
  if (kind === 'hit') children.push(el('p', { class: 'row-snippet' }, ...snippetNodes(link.snippet ?? '')));
  if (kind === 'link' || link.tags.length > 0) children.push(tags(link));
  return el('div', { class: 'row-body' }, ...children);
}

function facts(link, kind, ready) {
  if (!ready) return el('p', { class: 'row-facts' });
  const versions = kind === 'link' && link.snapshots > 1 && el('span', { class: 'row-fixed' }, t('row.versions', { n: link.snapshots }));
  const note = link.note && el('span', { class: 'row-note' }, link.note);
  const captured = link.last_captured_at && el('span', { class: 'row-fixed' }, day(link.last_captured_at));
  const part = kind === 'hit' && link.has_all === false && el('span', { class: 'row-fixed row-part' }, t('search.part'));
  return el('p', { class: 'row-facts' }, part, siteName(siteOf(link)), dated(link), captured, versions, note || null);
}

/** Nothing for a local file. */
function siteName(site) {
  return site === '' ? null : el('span', { class: 'row-site' }, site);
}

/** The day that a search goes by, where it is not the day of the capture. */
function dated({ dated_on: dayOf, last_captured_at: captured }) {
  if (!dayOf || dayOf === utcDay(captured) || dayOf === day(captured)) return null;
  return el('span', { class: 'row-fixed', title: t('row.dated_about') }, t('row.dated', { day: dayOf }));
}

function tags(link) {
  const found = new Set(link.found_tags ?? []);
  const chips = link.tags.map((tag) => el('span', { class: 'chip', title: tag }, colorDot(tag), el(found.has(tag) ? 'mark' : 'span', { class: 'chip-text' }, tag)));
  return el('div', { class: 'row-tags' }, ...chips);
}

function end(item, actions) {
  if (item === undefined) return el('div', { class: 'row-end' });
  if (item.trashed_at) {
    const label = t('trash.restore');
    return el('div', { class: 'row-end' }, el('button', { type: 'button', class: 'icon-button', tabIndex: -1, 'aria-label': label, title: label, onclick: (event) => { event.stopPropagation(); actions.onRestore(item); } }, icon('restore')));
  }
  const label = t(item.starred ? 'star.remove' : 'star.add');
  const star = el('button', { type: 'button', class: 'icon-button star', tabIndex: -1, 'aria-label': label, title: label, 'aria-pressed': String(Boolean(item.starred)), onclick: (event) => { event.stopPropagation(); actions.onStar(item); } }, icon('star'));
  return el('div', { class: 'row-end' }, star);
}
