/** Completes the search box: the names of its fields, and tags after `tag:`. */

import { get } from './api.js';
import { el } from './dom.js';
import { number, t } from './i18n.js';

const FIELDS = ['tag', 'site', 'title', 'text', 'note', 'url', 'doc', 'office', 'topic', 'validity', 'index', 'written', 'starred', 'untagged', 'missing', 'changed', 'after', 'before', 'on', 'lang'];
const WORD = /(?:^|[\s((])-?((?:[^\s"“”]|["“][^"”]*["”]?)*)$/;
const TAG = /^(tag|标签)[::]["“]?(.*)$/i;
const HAN = /\p{Script=Han}/u;

/** What the search box offers below itself; `onChange()` after one was taken. */
export class FieldChoices {
  constructor(field, onChange) {
    this.field = field;
    this.onChange = onChange;
    this.choices = [];
    this.chosen = -1;
    this.box = el('div', { class: 'choices search-choices', role: 'listbox', id: 'search-choices', 'aria-label': t('search.choices'), hidden: true });
    field.after(this.box);
    field.setAttribute('aria-autocomplete', 'list');
    field.addEventListener('keydown', (event) => this.keyed(event));
    field.addEventListener('input', (event) => { if (!event.isComposing) this.update(); });
    field.addEventListener('compositionend', () => this.update());
    field.addEventListener('blur', () => this.hide());
  }

  async update() {
    const word = wordAt(this.field);
    const found = await completions(word).catch(() => []); // a help only: without it the box still searches
    if (word !== wordAt(this.field) || document.activeElement !== this.field) return;
    // What was chosen while the answer was under way stays chosen.
    const chosen = this.choices[this.chosen]?.text;
    this.choices = found;
    this.chosen = found.findIndex(({ text }) => text === chosen);
    this.draw();
  }

  hide() {
    this.choices = [];
    this.chosen = -1;
    this.draw();
  }

  draw() {
    this.box.hidden = this.choices.length === 0;
    this.box.replaceChildren(...this.choices.map((choice, index) => choiceRow(choice, index, index === this.chosen, () => this.take(choice))));
    if (this.chosen >= 0) this.field.setAttribute('aria-activedescendant', `search-choice-${this.chosen}`);
    else this.field.removeAttribute('aria-activedescendant');
  }

  take({ text }) {
    const end = this.field.selectionStart;
    const start = end - wordAt(this.field).length;
    this.field.setRangeText(text, start, end, 'end');
    this.hide();
    this.onChange();
    this.update();
  }

  /** Moves the choice; the field's own text is the place before the first. */
  move(step) {
    const count = this.choices.length + 1;
    this.chosen = (this.chosen + 1 + step + count) % count - 1;
    this.draw();
  }

  keyed(event) {
    if (event.isComposing || event.shiftKey || this.choices.length === 0) return;
    const actions = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Tab: () => this.take(this.choices[Math.max(this.chosen, 0)]),
      Enter: () => (this.chosen < 0 ? false : this.take(this.choices[this.chosen])),
      Escape: () => this.hide(),
    };
    const act = actions[event.key];
    if (act === undefined || act() === false) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

function choiceRow({ text, about, count }, index, isChosen, take) {
  return el('div', {
    class: 'choice',
    role: 'option',
    id: `search-choice-${index}`,
    'aria-selected': String(isChosen),
    onpointerdown: (event) => { event.preventDefault(); take(); },
  }, el('span', { class: 'choice-name' }, text.trim()), el('span', { class: 'choice-about' }, about ?? number(count)));
}

/** The word that the cursor stands at the end of. */
function wordAt(field) {
  return WORD.exec(field.value.slice(0, field.selectionStart ?? 0))?.[1] ?? '';
}

async function completions(word) {
  const tag = TAG.exec(word);
  if (tag !== null) {
    const answer = await get('api/tags/complete', { text: tag[2], limit: 8 });
    return answer.tags.map(({ path, links_below: count }) => ({ text: `${tag[1]}:${/\s/.test(path) ? `"${path}"` : path} `, count }));
  }
  if (word.length < 2 && !HAN.test(word)) return [];
  return FIELDS.map((name) => ({ text: t(`field.${name}`), about: t(`field.${name}_about`) }))
    .filter(({ text }) => text.startsWith(word.toLowerCase()) && text !== word);
}
