/** Tags edited in place: chips, and a field that completes from the tags there are. */

import { get } from './api.js';
import { colorDot } from './colors.js';
import { el, icon } from './dom.js';
import { number, t } from './i18n.js';

const SEPARATORS = /[,，;；、\n]/;
let fields = 0;

/** A field whose tags are not on any link yet; what is typed becomes a tag as one leaves it. */
export function draftTags(onChange = () => {}, tags = []) {
  const changed = (left) => {
    field.setTags(left);
    onChange();
    return left;
  };
  /** @type {TagField} */
  const field = new TagField({
    tags,
    onAdd: async (tag) => changed([...field.tags, tag]),
    onRemove: async (tag) => changed(field.tags.filter((other) => other !== tag)),
    takesTyped: true,
  });
  return field;
}

/** A field for tags; `onAdd` and `onRemove` may fail, then the field shows what was before. */
export class TagField {
  /** @param {{tags: string[], onAdd?: any, onRemove?: any, onPick?: any, completes?: boolean, takesTyped?: boolean, label?: string}} options */
  constructor({ tags, onAdd, onRemove, onPick = null, completes = true, takesTyped = false, label = t('tags.add') }) {
    fields += 1;
    this.listId = `choices-${fields}`;
    this.tags = tags;
    this.onAdd = onAdd;
    this.onRemove = onRemove;
    this.onPick = onPick;
    this.completes = completes;
    this.takesTyped = takesTyped;
    this.isDrawing = false;
    this.label = label;
    this.choices = [];
    this.chosen = -1;
    this.input = this.makeInput();
    this.box = el('div', { class: 'choices', role: 'listbox', id: this.listId, 'aria-label': t('tags.choices'), hidden: true });
    this.element = el('div', { class: 'tag-field', role: 'group', 'aria-label': t('tags.title') });
    this.draw();
  }

  /** Shows other tags. */
  setTags(tags) {
    this.tags = tags;
    this.draw();
  }

  /** Puts the cursor into the field. */
  focus() {
    this.input.focus();
  }

  /** Makes tags of what is typed; whether all of it became one. */
  async takeTyped() {
    const parts = this.input.value.split(SEPARATORS);
    this.input.value = '';
    return this.addAll(parts);
  }

  makeInput() {
    return el('input', {
      type: 'text',
      class: 'tag-input',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: false,
      placeholder: this.label,
      'aria-label': this.label,
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      'aria-controls': this.listId,
      oninput: () => this.typed(),
      onfocus: () => this.complete(),
      onblur: () => this.left(),
      onkeydown: (event) => this.keyed(event),
    });
  }

  left() {
    if (this.isDrawing) return; // the field leaves the page for a moment, the person does not
    this.hideChoices();
    if (this.takesTyped) this.takeTyped();
  }

  draw() {
    const chips = this.tags.map((tag) => this.chip(tag));
    const held = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.isDrawing = true;
    this.element.replaceChildren(...chips, this.input, this.box);
    this.isDrawing = false;
    if (held === this.input) this.input.focus();
    else if (held !== null) [...this.element.querySelectorAll('button')].find((one) => one.title === held.getAttribute('title'))?.focus();
  }

  chip(tag) {
    const name = this.onPick
      ? el('button', { type: 'button', class: 'chip-text chip-pick', title: t('tags.show', { tag }), onclick: () => this.onPick(tag) }, tag)
      : el('span', { class: 'chip-text', title: tag }, tag);
    const label = t('tags.remove', { tag });
    return el('span', { class: 'chip' }, colorDot(tag), name,
      el('button', { type: 'button', class: 'chip-remove', 'aria-label': label, title: label, onclick: () => this.remove(tag) }, icon('close')));
  }

  async typed() {
    const parts = this.input.value.split(SEPARATORS);
    if (parts.length > 1) {
      this.input.value = parts.pop();
      await this.addAll(parts);
    }
    await this.complete();
  }

  async addAll(parts) {
    let isAll = true;
    for (const part of parts) if (part.trim()) isAll = await this.add(part.trim(), { keep: true }) && isAll;
    return isAll;
  }

  /** In a dialog the list would cover what stands below, so it waits for the first letter there. */
  async complete() {
    const text = this.input.value.trim();
    if (!this.completes) return;
    if (this.takesTyped && text === '') {
      this.hideChoices();
      return;
    }
    const answer = await get('api/tags/complete', { text, limit: 8 }).catch(() => ({ tags: [] })); // completion is a help: without it the field still works
    if (text !== this.input.value.trim() || document.activeElement !== this.input) return;
    this.choices = answer.tags.filter((tag) => !this.tags.includes(tag.path));
    this.chosen = -1;
    this.drawChoices();
  }

  drawChoices() {
    this.box.hidden = this.choices.length === 0;
    this.input.setAttribute('aria-expanded', String(!this.box.hidden));
    this.box.replaceChildren(...this.choices.map((tag, index) => el('div', {
      class: 'choice',
      role: 'option',
      id: `${this.listId}-${index}`,
      'aria-selected': String(index === this.chosen),
      onpointerdown: (event) => { event.preventDefault(); this.add(tag.path); },
    }, colorDot(tag.path), el('span', { class: 'choice-name' }, tag.path), el('span', { class: 'choice-alias' }, tag.aliases.length > 0 ? `= ${tag.aliases[0]}` : ''), el('span', { class: 'side-count' }, number(tag.links_below)))));
    if (this.chosen >= 0) {
      this.input.setAttribute('aria-activedescendant', `${this.listId}-${this.chosen}`);
      this.box.children[this.chosen].scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }

  hideChoices() {
    this.choices = [];
    this.chosen = -1;
    this.drawChoices();
  }

  keyed(event) {
    if (event.isComposing) return; // the Enter that ends an input method's word is not ours
    const actions = { ArrowDown: () => this.choose(1), ArrowUp: () => this.choose(-1), Tab: () => this.tabbed(event), Enter: () => this.entered(event), Escape: () => this.escaped(event), Backspace: () => this.backed() };
    actions[event.key]?.();
    if (event.key.startsWith('Arrow') && this.choices.length > 0) event.preventDefault();
  }

  choose(step) {
    const count = this.choices.length;
    if (count === 0) return;
    this.chosen = (this.chosen + step + count + (this.chosen < 0 && step < 0 ? 1 : 0)) % count;
    this.drawChoices();
  }

  tabbed(event) {
    if (this.chosen < 0) return;
    event.preventDefault();
    this.add(this.choices[this.chosen].path);
  }

  entered(event) {
    const typed = this.input.value.trim();
    if (this.chosen < 0 && !typed) return;
    event.preventDefault();
    if (this.chosen >= 0) this.add(this.choices[this.chosen].path);
    else this.takeTyped();
  }

  escaped(event) {
    if (this.box.hidden && !this.input.value) {
      this.input.blur();
      return;
    }
    event.stopPropagation();
    this.input.value = '';
    this.hideChoices();
  }

  backed() {
    const last = this.tags.at(-1);
    if (this.input.value === '' && last !== undefined) this.remove(last);
  }

  /** Whether the field has the tag then; one that is refused stands before what else is typed. */
  async add(tag, { keep = false } = {}) {
    if (!keep) this.input.value = '';
    this.hideChoices();
    if (this.tags.includes(tag)) return true;
    const tags = await this.onAdd(tag);
    if (tags) this.setTags(tags);
    else this.input.value = [tag, this.input.value].filter(Boolean).join('，');
    return Boolean(tags);
  }

  async remove(tag) {
    const tags = await this.onRemove(tag);
    if (tags) this.setTags(tags);
    this.input.focus();
  }
}
