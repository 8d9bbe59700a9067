/** Tags that may be one: each pair is merged, or remembered as two for good. */

import { get, post } from './api.js';
import { openSheet } from './dialog.js';
import { el, icon } from './dom.js';
import { t } from './i18n.js';
import { mergeText } from './tagplan.js';
import { showFailure } from './toast.js';
import { offerTagUndo, offerUndo } from './undo.js';

/** Shows the pairs; `dialog` says beforehand what merging does, `onChanged(moves)` follows a merge. */
export class Alike {
  constructor({ dialog, onChanged }) {
    this.dialog = dialog;
    this.onChanged = onChanged;
    this.list = null;
  }

  async open() {
    this.list = openSheet(t('alike.title'), t('alike.about'));
    await this.refresh();
  }

  async refresh() {
    if (!this.list?.isConnected) return;
    try {
      const { pairs } = await get('api/tags/duplicates');
      this.list.replaceChildren(...(pairs.length > 0 ? pairs.map((pair) => this.row(pair)) : [el('p', { class: 'sheet-empty' }, t('alike.none'))]));
    } catch (failure) {
      showFailure(failure);
    }
  }

  row(pair) {
    const { source, target } = pair;
    const swap = t('alike.swap');
    const turned = { ...pair, source: target, target: source, source_links: pair.target_links, target_links: pair.source_links };
    const row = el('div', { class: 'sheet-row' },
      el('div', { class: 'sheet-text' }, el('p', { class: 'sheet-main' }, chip(source, pair.source_links), el('span', { class: 'rule-arrow', 'aria-label': t('alike.into') }, '→'), chip(target, pair.target_links)),
        el('p', { class: 'sheet-note' }, t(`alike.why_${pair.why}`, { n: pair.both_links }))),
      el('button', { type: 'button', class: 'icon-button', 'aria-label': swap, title: swap, onclick: () => { const other = this.row(turned); row.replaceWith(other); other.querySelector('button')?.focus(); } }, icon('swap')),
      el('button', { type: 'button', class: 'button', onclick: () => this.refuse(pair) }, t('alike.refuse')),
      el('button', { type: 'button', class: 'button primary', onclick: () => this.askMerge(pair) }, t('alike.merge')));
    return row;
  }

  askMerge({ source, target }) {
    const body = { sources: [source], target };
    this.dialog.open({
      title: t('alike.merge_title', { source, target }),
      body: [],
      submit: async () => {
        const { undo_ids: undoIds } = await post('api/tags/merge', body);
        await Promise.all([this.onChanged([[source, target]]), this.refresh()]);
        offerTagUndo(t('tagedit.merged', { names: t('names.one', { tag: source }), tag: target }), undoIds, () => this.refresh());
      },
    });
    this.dialog.sayLater('tagedit.merge_do', async () => mergeText((await post('api/tags/merge', { ...body, only_plan: true })).plan, [source], target));
  }

  async refuse({ source, target }) {
    const pair = { first: source, second: target };
    try {
      await post('api/tags/duplicates/refuse', pair);
      await this.refresh();
      offerUndo(t('alike.refused', { source, target }), async () => {
        await post('api/tags/duplicates/offer', pair);
        await this.refresh();
      });
    } catch (failure) {
      showFailure(failure);
    }
  }
}

function chip(path, links) {
  return el('span', { class: 'chip' }, el('span', { class: 'chip-text' }, path), el('span', { class: 'side-count' }, t('list.count', { n: links })));
}
