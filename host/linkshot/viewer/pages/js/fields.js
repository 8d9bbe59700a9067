/** Completes the search box: the names of its fields, and tags after `tag:`. */

import { get } from './api.js';
import { el } from './dom.js';
import { currentLanguage, number, t } from './i18n.js';

// The grammar takes both names of a field in either language of the window.
const FIELDS = {
  tag: { en: 'tag:', zh: '标签:' },
  site: { en: 'site:', zh: '网站:' },
  title: { en: 'title:', zh: '标题:' },
  text: { en: 'text:', zh: '正文:' },
  note: { en: 'note:', zh: '备注:' },
  url: { en: 'url:', zh: '网址:' },
  doc: { en: 'doc:', zh: '文号:' },
  office: { en: 'office:', zh: '机关:' },
  topic: { en: 'topic:', zh: '主题:' },
  validity: { en: 'valid:', zh: '有效性:' },
  index: { en: 'index:', zh: '索引号:' },
  written: { en: 'written:', zh: '成文日期:' },
  starred: { en: 'is:starred', zh: 'is:星标' },
  untagged: { en: 'is:untagged', zh: 'is:无标签' },
  missing: { en: 'is:missing', zh: 'is:有缺失' },
  changed: { en: 'is:changed', zh: 'is:有变化' },
  after: { en: 'after:', zh: '晚于:' },
  before: { en: 'before:', zh: '早于:' },
  on: { en: 'on:', zh: '日期:' },
  lang: { en: 'lang:', zh: '语言:' },
};
// The last word after whole ones, what may stand before it, and its quotes; all half-width or full-width.
const WORD = /^(?:(?:[^"“「『]|"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』)*?[\s|｜])??[-－−—(（]*((?:[^\s|｜"“「『]|"[^"]*(?:"|$)|“[^”]*(?:”|$)|「[^」]*(?:」|$)|『[^』]*(?:』|$))*)$/;
const TAG = /^(tag|标签)[:：](.*)$/i;
const PARTNERS = new Map([['“', '”'], ['「', '」'], ['『', '』']]);
const NEEDS_QUOTES = /[\s()（）|｜"“”„‟＂「」『』]/;
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
    const answer = await get('api/tags/complete', { text: tagTyped(tag[2]), limit: 8 });
    return answer.tags.map(({ path, links_below: count }) => ({ text: `${tag[1]}:${tagWritten(path)} `, count }));
  }
  if (word.length < 2 && !HAN.test(word)) return [];
  const typed = word.normalize('NFKC').toLowerCase();
  return Object.entries(FIELDS).map(([field, names]) => ({ text: nameFor(names, typed), about: t(`field.${field}_about`) }))
    .filter(({ text }) => text !== undefined && text !== word);
}

/** The tag that is being typed, without the quote that only opens it. */
function tagTyped(text) {
  if (text.startsWith('"')) return text.slice(1).replaceAll('""', '"');
  const partner = PARTNERS.get(text[0]);
  return partner !== undefined && !text.includes(partner) ? text.slice(1) : text;
}

/** A tag as the grammar reads it, whatever its name has. */
function tagWritten(path) {
  return NEEDS_QUOTES.test(path) ? `"${path.replaceAll('"', '""')}"` : path;
}

/** Of a field's names the one that begins so, first the one in the window's language. */
function nameFor(names, typed) {
  return [names[currentLanguage()], ...Object.values(names)].find((name) => name.startsWith(typed));
}
