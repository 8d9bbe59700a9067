/** A snapshot saved as a file of the person's own. */

import { post } from './api.js';
import { el } from './dom.js';
import { showFailure } from './toast.js';

/** Saves a snapshot; the file is made first, as a download that fails says nothing. */
export async function saveCopy(snapshotId) {
  const path = `api/snapshots/${snapshotId}/export`;
  try {
    await post(path);
    el('a', { href: path, download: '' }).click(); // the reply says its name
  } catch (failure) {
    showFailure(failure);
  }
}
