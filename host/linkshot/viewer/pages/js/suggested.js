/** Tags that a page may want, below its own: taken by a click or by Alt and a digit. */

import { get } from './api.js';
import { colorDot } from './colors.js';
import { el } from './dom.js';
import { t } from './i18n.js';

const SHOWN = 5;

/** The row of suggestions; `onTake(tag)` for one that is taken. */
export class Suggested {
  constructor(onTake) {
    this.onTake = onTake;
    this.tags = [];
    this.asked = 0;
    this.element = el('div', { class: 'suggested', role: 'group', hidden: true });
    document.addEventListener('keydown', (event) => this.keyed(event));
  }

  /** Asks again for a link; what it has by now is not offered. */
  async load(linkId) {
    const mine = (this.asked += 1);
    const answer = await get(`api/links/${linkId}/suggestions`).catch(() => ({ tags: [] })); // a help only: tags can be typed
    if (mine !== this.asked) return;
    this.tags = answer.tags.slice(0, SHOWN);
    this.draw();
  }

  draw() {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = this.tags.length === 0;
    this.element.setAttribute('aria-label', t('suggest.label'));
    this.element.replaceChildren(el('span', { class: 'suggested-label' }, t('suggest.label')), ...this.tags.map((tag, index) => this.button(tag, index + 1)));
    if (hadFocus) this.element.querySelector('button')?.focus();
  }

  button(tag, digit) {
    const title = t('suggest.take', { tag: tag.path, why: t(`why.${tag.why}`), digit: String(digit) });
    const take = () => this.onTake(tag.path);
    return el('button', { type: 'button', class: 'suggestion', title, 'aria-keyshortcuts': `Alt+${digit}`, 'data-new': tag.links === 0, onclick: take },
      el('span', { class: 'suggestion-digit', 'aria-hidden': 'true' }, String(digit)), colorDot(tag.path), el('span', { class: 'chip-text' }, tag.path));
  }

  /** Alt and a digit, whatever the keyboard writes with Alt. */
  keyed(event) {
    const digit = event.altKey && !event.ctrlKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    const tag = digit ? this.tags[Number(digit) - 1] : undefined;
    if (tag === undefined || !this.element.isConnected || document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    this.onTake(tag.path);
  }
}
