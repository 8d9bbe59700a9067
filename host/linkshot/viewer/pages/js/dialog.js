/** The two dialogs that others fill: one asks and does, one shows a list of things to do. */

import { el, find } from './dom.js';
import { t } from './i18n.js';
import { failureText } from './toast.js';

const PAUSE_MS = 180;

/** A question with one answer; what it will do is said beforehand. */
export class AskDialog {
  constructor() {
    this.box = find('.ask-dialog');
    this.effect = find('.ask-effect', this.box);
    this.button = find('.ask-submit', this.box);
    /** @type {() => Promise<unknown>} */
    this.submit = async () => {};
    this.timer = 0;
    this.asked = 0;
    this.wish = '';
    find('.ask-form', this.box).addEventListener('submit', (event) => { event.preventDefault(); this.submitted(); });
    // A form whose button waits hears of no Enter.
    this.box.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.repeat && !event.isComposing && this.button.disabled) this.wish = this.button.textContent; });
    find('.ask-cancel', this.box).addEventListener('click', () => this.box.close());
    this.box.addEventListener('close', () => { this.asked += 1; clearTimeout(this.timer); });
  }

  /** Shows the question; `submit` may fail, then its failure is shown and the dialog stays, as where it answers false. */
  open({ title, body, submit, isWide = false, isDanger = false, canCancel = true }) {
    find('.ask-title', this.box).textContent = title;
    find('.ask-body', this.box).replaceChildren(...body);
    this.box.toggleAttribute('data-wide', isWide);
    this.button.toggleAttribute('data-danger', isDanger);
    find('.ask-cancel', this.box).hidden = !canCancel;
    this.submit = submit;
    this.problem('');
    this.box.showModal();
  }

  /** What will happen, the button's word, and whether it can be pressed. */
  say({ text, verb, idle = false }) {
    this.asked += 1; // an answer under way would come too late
    clearTimeout(this.timer);
    this.show({ text, verb, idle });
  }

  /**
   * Says what `ask` answers, a text or all of it, a moment after the last key; until then the button waits.
   * With `isEager` an early Enter counts once the button has the same word as before.
   */
  sayLater(verb, ask, { isEager = false } = {}) {
    const mine = (this.asked += 1);
    this.wish = '';
    clearTimeout(this.timer);
    this.button.textContent = t(verb);
    this.button.disabled = true;
    this.problem('');
    this.timer = setTimeout(async () => {
      try {
        const said = await ask();
        if (mine !== this.asked) return;
        this.show({ verb, idle: false, ...(typeof said === 'string' ? { text: said } : said) });
        if (isEager && this.wish === this.button.textContent) this.submitted();
      } catch (failure) {
        if (mine === this.asked) this.refuse(failureText(failure));
      }
    }, PAUSE_MS);
  }

  show({ text, verb, idle }) {
    this.effect.textContent = text;
    this.button.textContent = t(verb);
    this.button.disabled = idle;
    this.problem('');
  }

  refuse(text) {
    this.effect.textContent = '';
    this.button.disabled = true;
    this.problem(text);
  }

  problem(text) {
    const place = find('.ask-problem', this.box);
    place.textContent = text;
    place.hidden = text === '';
  }

  async submitted() {
    if (this.button.disabled) return;
    this.button.disabled = true;
    try {
      if (await this.submit() !== false) this.box.close();
    } catch (failure) {
      this.problem(failureText(failure));
    } finally {
      this.button.disabled = false;
    }
  }
}

/** A list with things to do beside each; answers the place to fill. */
export function openSheet(title, about, actions = []) {
  const box = find('.sheet-dialog');
  const body = el('div', { class: 'sheet-body' });
  find('.sheet-title', box).textContent = title;
  find('.sheet-about', box).textContent = about;
  find('.sheet-body', box).replaceWith(body);
  find('.sheet-actions', box).replaceChildren(...actions);
  if (!box.open) box.showModal();
  return body;
}

/** A label over a control. */
export function labelled(text, control) {
  return el('label', { class: 'field' }, el('span', {}, text), control);
}
