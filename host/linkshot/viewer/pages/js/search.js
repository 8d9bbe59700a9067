/** The search box: answers as one types, and never twice for one word. */

import { find } from './dom.js';
import { FieldChoices } from './fields.js';

const PAUSE_MS = 90;

/** The box; `onQuery(text)` for each query answers when it is shown, `onLeave()` when the keyboard goes to the hits. */
export class SearchBox {
  constructor({ onQuery, onLeave }) {
    this.onQuery = onQuery;
    this.onLeave = onLeave;
    this.box = find('.search');
    this.field = find('#search');
    this.timer = 0;
    this.asked = '';
    this.answered = Promise.resolve();
    // Before the listeners below: a key that belongs to the choices goes no further.
    this.choices = new FieldChoices(this.field, () => this.ask());
    // While an input method composes, the letters typed are not the word meant.
    this.field.addEventListener('input', (event) => {
      clearTimeout(this.timer);
      if (!event.isComposing) this.timer = setTimeout(() => this.ask(), PAUSE_MS);
    });
    this.field.addEventListener('compositionend', () => this.ask());
    this.field.addEventListener('keydown', (event) => this.keyed(event));
  }

  /** Puts the cursor into the box, its text chosen. */
  focus() {
    this.field.focus();
    this.field.select();
  }

  /** What was typed before the box could hear of it; not asked for again. */
  typed() {
    this.asked = this.field.value.trim();
    return this.asked;
  }

  /** Searches for these words. */
  look(text) {
    this.field.value = text;
    this.ask();
  }

  /** Takes the words away without a search. */
  empty() {
    clearTimeout(this.timer);
    this.field.value = '';
    this.asked = '';
  }

  /** Takes the words away and shows what is there without them. */
  clear() {
    this.look('');
  }

  setBusy(isBusy) {
    this.box.dataset.state = isBusy ? 'busy' : 'idle';
  }

  async ask() {
    clearTimeout(this.timer);
    const text = this.field.value.trim();
    if (text !== this.asked) {
      this.asked = text;
      this.answered = this.onQuery(text);
    }
    await this.answered;
  }

  keyed(event) {
    if (event.isComposing) return;
    if (event.key === 'Escape' && this.field.value !== '') {
      event.stopPropagation();
      this.clear();
    }
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      this.choices.hide();
      this.ask().then(this.onLeave);
    }
  }
}
