/** A snapshot saved as a file of the person's own. */

import { post } from './api.js';
import { el } from './dom.js';
import { t } from './i18n.js';
import { showFailure, showToast } from './toast.js';

// A small page takes less.
const SILENT_MS = 400;

/** Saves a snapshot; the file is made first, as a download that fails says nothing. */
export async function saveCopy(snapshotId) {
  const path = `api/snapshots/${snapshotId}/export`;
  let toast;
  const timer = setTimeout(() => { toast = showToast({ state: 'working', title: t('export.making') }); }, SILENT_MS);
  try {
    await post(path);
    el('a', { href: path, download: '' }).click(); // the reply says its name
  } catch (failure) {
    showFailure(failure);
  } finally {
    clearTimeout(timer);
    toast?.close();
  }
}
