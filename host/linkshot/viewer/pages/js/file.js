/** A snapshot that is a PDF: no sandboxed frame shows one, so it is handed to its own viewer. */

import { get, post } from './api.js';
import { el, icon } from './dom.js';
import { bytes, t } from './i18n.js';
import { showFailure, showToast } from './toast.js';

/** A card in place of the copy, or null where the snapshot is a page. */
export async function fileCard(snapshot) {
  const path = `api/snapshots/${snapshot.snapshot_id}/file`;
  const file = await get(path);
  if (!file.is_file) return null;
  const open = async () => {
    try {
      const { opened } = await post(`${path}/open`);
      showToast(opened ? { title: t('file.opened') } : { state: 'failed', title: t('file.failed') });
    } catch (failure) {
      showFailure(failure);
    }
  };
  return el('div', { class: 'file-card' },
    snapshot.thumbnail ? el('img', { src: `api/thumbnails/${snapshot.snapshot_id}`, alt: '' }) : icon('note'),
    el('p', { class: 'file-name' }, file.name),
    el('p', { class: 'file-facts' }, t('file.about', { size: bytes(file.size) })),
    el('button', { type: 'button', class: 'button primary', onclick: open }, t('file.open')));
}
