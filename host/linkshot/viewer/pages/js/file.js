/** A snapshot that is a file no sandboxed frame shows: a PDF is handed to its own viewer, any other is saved. */

import { get, post } from './api.js';
import { el, icon } from './dom.js';
import { saveCopy } from './export.js';
import { bytes, t } from './i18n.js';
import { showFailure, showToast } from './toast.js';

/** A card in place of the copy, or null where the snapshot is a page. */
export async function fileCard(snapshot) {
  const path = `api/snapshots/${snapshot.snapshot_id}/file`;
  const file = await get(path);
  if (!file.is_file) return null;
  const [about, verb, act] = file.opens
    ? ['file.about', 'file.open', () => openFile(path)]
    : ['file.other_about', 'file.save', () => saveCopy(snapshot.snapshot_id)];
  return el('div', { class: 'file-card' },
    snapshot.thumbnail ? el('img', { src: `api/thumbnails/${snapshot.snapshot_id}`, alt: '' }) : icon('note'),
    el('p', { class: 'file-name' }, file.name),
    el('p', { class: 'file-facts' }, t(about, { size: bytes(file.size) })),
    el('button', { type: 'button', class: 'button primary', onclick: act }, t(verb)));
}

async function openFile(path) {
  try {
    const { opened } = await post(`${path}/open`);
    showToast(opened ? { title: t('file.opened') } : { state: 'failed', title: t('file.failed') });
  } catch (failure) {
    showFailure(failure);
  }
}
