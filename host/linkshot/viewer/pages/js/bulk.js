/** What is done to many links at once: the bar over the list, and the dialog for their tags. */

import { post } from './api.js';
import { el, find, icon } from './dom.js';
import { number, t } from './i18n.js';
import { MOST } from './selection.js';
import { draftTags } from './tagfield.js';
import { namesOf } from './tagplan.js';
import { showFailure } from './toast.js';
import { offerTagUndo } from './undo.js';

/** The bar for the links chosen in `list`; `actions` are onChanged, onTrash(ids), onRestore(ids). */
export class Bulk {
  constructor({ list, dialog, actions }) {
    this.list = list;
    this.dialog = dialog;
    this.actions = actions;
    this.bar = find('.choice-bar');
    this.isTrash = false;
  }

  get size() {
    return this.list.selection.size;
  }

  draw() {
    this.bar.hidden = this.size === 0;
    const { selection, source } = this.list;
    const acts = this.isTrash
      ? [button('restore', t('trash.restore'), () => this.actions.onRestore(selection.ids()))]
      : [button('tag', t('bulk.tags'), () => this.askTags()), button('trash', t('bulk.trash'), () => this.actions.onTrash(selection.ids()))];
    const isAll = source !== null && this.size >= source.total;
    const all = el('button', { type: 'button', class: 'button quiet', disabled: isAll, title: t('choose.most', { n: MOST }), onclick: () => this.list.chooseAll() }, t('choose.all'));
    const shut = el('button', { type: 'button', class: 'icon-button choice-clear', 'aria-label': t('choose.none'), title: t('choose.none'), onclick: () => selection.clear() }, icon('close'));
    this.bar.replaceChildren(el('span', { class: 'choice-count', role: 'status' }, t('choose.count', { n: this.size })), ...acts, all, shut);
  }

  /** Asks which tags the chosen links get and lose; all of it is one step. */
  askTags() {
    const { selection } = this.list;
    const ids = selection.ids();
    const gone = new Set();
    const update = () => this.dialog.say({ text: effect(ids.length, field.tags, [...gone]), verb: 'bulk.do', idle: field.tags.length + gone.size === 0 });
    const field = draftTags(update);
    const shared = selection.tags().map(([tag, count]) => takeRow(tag, count, ids.length, (isGone) => {
      if (isGone) gone.add(tag);
      else gone.delete(tag);
      update();
    }));
    this.dialog.open({
      title: t('bulk.title', { n: ids.length }),
      body: [
        el('div', { class: 'field' }, el('span', {}, t('bulk.add')), field.element),
        ...(shared.length > 0 ? [el('div', { class: 'field' }, el('span', {}, t('bulk.remove')), el('ul', { class: 'pick-list' }, ...shared))] : []),
      ],
      submit: () => this.change(ids, field.tags, [...gone]),
    });
    update();
    field.focus();
  }

  /** Gives a tag to links at once, as dropping them on it does. */
  async give(tag, ids) {
    await this.change(ids, [tag], []).catch(showFailure);
  }

  async change(ids, add, remove) {
    const { undo_ids: undoIds, plan } = await post('api/links/tags', { link_ids: ids, add, remove });
    await this.actions.onChanged();
    offerTagUndo(t(undoIds.length > 0 ? 'bulk.done' : 'bulk.nothing', { n: plan.links }), undoIds);
  }
}

function effect(n, add, remove) {
  const parts = [
    add.length > 0 && t('bulk.gets', { n, names: namesOf(add) }),
    remove.length > 0 && t('bulk.loses', { n, names: namesOf(remove) }),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(t('sentence.between')) : t('bulk.hint');
}

function takeRow(tag, count, all, onChange) {
  const box = el('input', { type: 'checkbox', onchange: (event) => onChange(event.target.checked) });
  return el('li', {}, el('label', { class: 'pick' }, box, el('span', { class: 'pick-title' }, tag), el('span', { class: 'pick-site' }, `${number(count)} / ${number(all)}`)));
}

function button(sign, label, act) {
  return el('button', { type: 'button', class: 'button', onclick: act }, icon(sign), el('span', {}, label));
}
