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
    if (!await this.edit('api/trash', { link_ids: ids }, () => this.onMoved(ids))) return;
    offerUndo(title ? t('trash.done', { title }) : t('trash.done_many', { n: ids.length }), () => post('api/trash/restore', { link_ids: ids }));
  }

  async restore(ids) {
    if (await this.edit('api/trash/restore', { link_ids: ids }, () => this.onMoved([]))) showToast({ title: t('trash.restored') });
  }

  /** Whether it was done; a failure is shown. */
  async edit(path, body, then = () => {}) {
    try {
      await post(path, body);
      then();
      await this.onChanged();
      return true;
    } catch (failure) {
      showFailure(failure);
      return false;
    }
  }
}
