/** The lists above the tags: all links, starred, untagged, the trash. */

import { el, find, icon } from './dom.js';
import { number, t } from './i18n.js';

const LISTS = [
  { name: 'all', sign: 'all' },
  { name: 'starred', sign: 'star' },
  { name: 'untagged', sign: 'tag' },
  { name: 'trashed', sign: 'trash' },
];
/** The lists; `onChoose(name)` is called for a choice. */
export class FixedLists {
  constructor(onChoose) {
    this.onChoose = onChoose;
    this.element = find('.fixed-lists');
  }

  /** Draws them with their counts, `chosen` marked; the keyboard stays. */
  draw(counts, chosen) {
    const held = this.element.contains(document.activeElement) && document.activeElement?.getAttribute('data-list');
    this.element.replaceChildren(...LISTS.map((list) => el('li', {}, this.item(list, counts[list.name], chosen))));
    if (held) this.element.querySelector(`[data-list="${held}"]`)?.focus();
  }

  item({ name, sign }, count, chosen) {
    return el('button', {
      type: 'button',
      class: 'side-item',
      'data-list': name,
      'aria-current': String(chosen === name),
      onclick: () => this.onChoose(name),
    }, icon(sign), el('span', { class: 'side-name' }, t(`list.${name}`)), el('span', { class: 'side-count' }, count === undefined ? '' : number(count)));
  }
}
