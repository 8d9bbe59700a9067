/** What the window does to links themselves: mark them, put them into the trash, take them out again. */

import { post } from './api.js';
import { t } from './i18n.js';
import { showFailure, showToast } from './toast.js';
import { offerUndo } from './undo.js';

const RESTORE = 'api/trash/restore';
const PART = 100;

/** The edits; `onChanged()` shows what the library has then, `onMoved(gone)` before that lets go of what is in another list now. */
export class LinkEdits {
  constructor({ onChanged, onMoved }) {
    this.onChanged = onChanged;
    this.onMoved = onMoved;
    this.isMoving = false;
  }

  toggleStar(item) {
    return this.edit(`api/links/${item.link_id}/star`, { starred: !item.starred });
  }

  async trash(ids, title = '') {
    const moved = await this.move('api/trash', ids, ids);
    if (moved.length === 0) return; // a failure is shown, and in the trash they were already
    offerUndo(title ? t('trash.done', { title }) : t('trash.done_many', { n: moved.length }), () => moveAll(RESTORE, moved));
  }

  async restore(ids) {
    const moved = await this.move(RESTORE, ids, []);
    if (moved.length > 0) showToast({ title: t('trash.restored') });
  }

  /** Those that moved, also where the rest failed, which is shown. */
  async move(path, ids, gone) {
    const moved = [];
    if (this.isMoving) return moved;
    this.isMoving = true;
    try {
      await moveAll(path, ids, moved);
      this.onMoved(gone);
    } catch (failure) {
      showFailure(failure);
    }
    this.isMoving = false;
    await this.onChanged();
    return moved;
  }

  async edit(path, body) {
    try {
      await post(path, body);
      await this.onChanged();
    } catch (failure) {
      showFailure(failure);
    }
  }
}

/** Moves links a part at a time: each leaves or enters the index, and a browser that keeps a page waits for no more than a part. */
async function moveAll(path, ids, moved = []) {
  const said = (done) => ({ state: 'working', title: t('trash.moving', { done, n: ids.length }) });
  const toast = ids.length > PART ? showToast(said(0)) : null;
  try {
    for (let at = 0; at < ids.length; at += PART) {
      const answer = await post(path, { link_ids: ids.slice(at, at + PART) });
      moved.push(...answer.link_ids);
      toast?.update(said(Math.min(at + PART, ids.length)));
    }
  } finally {
    toast?.close();
  }
}
