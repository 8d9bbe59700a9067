/** What was done to tags, by whatever way, and back. */

import { get, post } from './api.js';
import { openSheet } from './dialog.js';
import { el } from './dom.js';
import { minute, t } from './i18n.js';
import { namesOf } from './tagplan.js';
import { showFailure, showToast } from './toast.js';

/** Shows the journal of tags; `onChanged()` follows each undo. */
export class TagJournal {
  constructor({ onChanged }) {
    this.onChanged = onChanged;
    this.list = null;
  }

  async open() {
    this.list = openSheet(t('journal.title'), t('journal.about'));
    await this.refresh();
  }

  async refresh() {
    try {
      const { entries } = await get('api/undo');
      this.list.replaceChildren(...(entries.length > 0 ? entries.map((entry) => this.row(entry)) : [el('p', { class: 'sheet-empty' }, t('journal.none'))]));
    } catch (failure) {
      showFailure(failure);
    }
  }

  row(entry) {
    return el('div', { class: 'sheet-row' },
      el('div', { class: 'sheet-text' },
        el('p', { class: 'sheet-main' }, entryText(entry)),
        el('p', { class: 'sheet-note' }, [minute(entry.done_at), entry.links > 0 && t('list.count', { n: entry.links })].filter(Boolean).join(' · '))),
      el('button', { type: 'button', class: 'button', onclick: () => this.takeBack(entry) }, t('undo')));
  }

  async takeBack(entry) {
    try {
      await post('api/undo', { undo_ids: [entry.undo_id] });
      await Promise.all([this.onChanged(), this.refresh()]);
      showToast({ title: t('undo.done', { title: entryText(entry) }) });
    } catch (failure) {
      showFailure(failure);
    }
  }
}

function act(kind, tags, target) {
  if (kind === 'color' && target === '') return 'uncolor';
  if (kind === 'rename' && tags.length > 1) return target === '' ? 'move_top' : 'move';
  return kind;
}

function entryText({ kind, tags, target }) {
  const goes = act(kind, tags, target);
  return t(`journal.${goes}`, { names: namesOf(tags), target });
}
