/** What the window does to links themselves: mark them, put them into the trash, take them out again. */

import { post } from './api.js';
import { t } from './i18n.js';
import { showFailure, showToast } from './toast.js';
import { offerUndo } from './undo.js';

/** The edits; `onChanged()` shows what the library has then, `onMoved(gone)` before that lets go of what is in another list now. */
export class LinkEdits {
  constructor({ onChanged, onMoved }) {
    this.onChanged = onChanged;
    this.onMoved = onMoved;
  }

  toggleStar(item) {
    return this.edit(`api/links/${item.link_id}/star`, { starred: !item.starred });
  }

  async trash(ids, title = '') {
    const answer = await this.edit('api/trash', { link_ids: ids }, () => this.onMoved(ids));
    const moved = answer?.link_ids ?? [];
    if (moved.length === 0) return; // a failure is shown, and in the trash they were already
    offerUndo(title ? t('trash.done', { title }) : t('trash.done_many', { n: moved.length }), () => post('api/trash/restore', { link_ids: moved }));
  }

  async restore(ids) {
    if (await this.edit('api/trash/restore', { link_ids: ids }, () => this.onMoved([]))) showToast({ title: t('trash.restored') });
  }

  /** The answer, null where it failed; a failure is shown. */
  async edit(path, body, then = () => {}) {
    try {
      const answer = await post(path, body);
      then();
      await this.onChanged();
      return answer;
    } catch (failure) {
      showFailure(failure);
      return null;
    }
  }
}
