/** The virtual list: of a hundred thousand links only the rows in sight are elements. */

import { el, find, isTyping } from './dom.js';
import { fillRow } from './row.js';
import { Selection } from './selection.js';
import { dragLinks } from './tagdrag.js';

const HEIGHTS = { link: 91, hit: 134 };
const MARGIN = 6;

/** The list in the middle pane; `actions` are onOpen, onStar, onRestore, onFailure, onLoaded and onChosen. */
export class LinkList {
  constructor(actions) {
    this.actions = actions;
    this.box = find('.list');
    this.rows = find('.list-rows');
    this.shown = new Map();
    this.source = null;
    this.next = null;
    this.activeIndex = 0;
    this.openId = null;
    this.refreshes = 0;
    this.selection = new Selection(() => this.chosen());
    this.box.addEventListener('scroll', () => requestAnimationFrame(() => this.fill()), { passive: true });
    new ResizeObserver(() => this.fill()).observe(this.box);
    this.rows.addEventListener('click', (event) => this.clicked(event));
    dragLinks(this.rows, ({ item }) => (this.selection.has(item.link_id) ? this.selection.ids() : [item.link_id]));
  }

  /** Shows another source; its first part is loaded before the old one goes, so nothing flickers. */
  async show(source) {
    this.next?.stop();
    this.next = source;
    try {
      await source.ensure(0, 0);
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      throw failure;
    }
    if (this.next !== source) return;
    const hadFocus = this.rows.contains(document.activeElement);
    this.source?.stop();
    this.source = source;
    this.next = null;
    this.activeIndex = 0;
    this.selection.anchor = 0;
    this.selection.clear();
    this.clear();
    this.box.scrollTop = 0;
    await this.fill();
    if (hadFocus) this.activate(0);
    this.actions.onLoaded(source);
  }

  /** Loads what is in sight again, keeping place and focus. */
  async refresh() {
    const source = this.source;
    if (source === null) return;
    const mine = (this.refreshes += 1);
    const isOld = () => source !== this.source || mine !== this.refreshes;
    const [first, last] = this.range();
    const before = source.total;
    await source.refresh(first, Math.max(last, first));
    if (source !== this.source) return;
    this.draw();
    this.actions.onLoaded(source);
    await this.selection.renew(source, Math.abs(source.total - before), isOld);
  }

  /** Builds every row anew, in another language or after a mark changed. */
  redraw() {
    const hadFocus = this.rows.contains(document.activeElement);
    this.clear();
    this.draw();
    if (hadFocus) this.activate(this.activeIndex);
  }

  /** Makes a row the one that keys act on, and brings it into sight. */
  activate(index, { focus = true } = {}) {
    if (this.source === null || this.source.total === 0) return;
    this.activeIndex = Math.max(0, Math.min(this.source.total - 1, index));
    const height = this.height();
    const top = this.activeIndex * height;
    const box = this.box;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
    this.draw();
    if (focus) this.shown.get(this.activeIndex)?.querySelector('.row-title')?.focus({ preventScroll: true });
  }

  /** The item that keys act on. */
  active() {
    return this.source?.at(this.activeIndex);
  }

  /** Marks the row whose snapshot is open. */
  setOpen(linkId) {
    this.openId = linkId;
    this.draw();
  }

  /** Handles a key that moves; true if it was one. What is read by scrolling keeps its keys. */
  move(event) {
    if (isTyping(event.target) || event.target.closest?.('[role="region"]') || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = this.step(event.key);
    if (step === undefined) return false;
    event.preventDefault();
    const before = this.activeIndex;
    this.activate(before + step);
    if (event.shiftKey) this.extend(before);
    return true;
  }

  /** Chooses the row that keys act on, or lets it go. */
  toggleActive() {
    const item = this.active();
    if (item) this.selection.toggle(item, this.activeIndex);
  }

  /** Chooses the whole list. */
  chooseAll() {
    if (this.source) this.selection.all(this.source).catch(this.actions.onFailure);
  }

  extend(from) {
    if (this.selection.size === 0) this.selection.anchor = from;
    this.selection.extend(this.source, this.activeIndex).catch(this.actions.onFailure);
  }

  chosen() {
    this.box.toggleAttribute('data-choosing', this.selection.size > 0);
    for (const [index, row] of this.shown) this.mark(row, index);
    this.actions.onChosen(this.selection);
  }

  step(key) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.height()) - 1);
    const steps = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    return steps[key];
  }

  clicked(event) {
    const row = event.target.closest('.row');
    if (row?.item === undefined) return;
    const index = Number(row.dataset.index);
    const isChoice = event.target.closest('.row-check') !== null || event.ctrlKey || event.metaKey;
    const before = this.activeIndex;
    this.activate(index);
    if (event.shiftKey) this.extend(before);
    else if (isChoice) this.selection.toggle(row.item, index);
    else this.actions.onOpen(row.item);
  }

  height() {
    return HEIGHTS[this.source?.kind ?? 'link'];
  }

  /** @returns {[number, number]} */
  range() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.height()) - MARGIN);
    const end = Math.ceil((this.box.scrollTop + this.box.clientHeight) / this.height()) + MARGIN;
    return [first, Math.min(this.source.total - 1, end)];
  }

  async fill() {
    const source = this.source;
    if (source === null) return;
    this.draw();
    const [first, last] = this.range();
    if (last < first) return;
    try {
      if ((await source.ensure(first, last)) && source === this.source) this.draw();
    } catch (failure) {
      if (source === this.source && failure.name !== 'AbortError') this.actions.onFailure(failure);
    }
  }

  draw() {
    if (this.source === null) return;
    this.rows.style.height = `${this.source.total * this.height()}px`;
    const [first, last] = this.range();
    for (const [index, row] of this.shown) {
      if (index < first || index > last) {
        row.remove();
        this.shown.delete(index);
      }
    }
    for (let index = first; index <= last; index += 1) this.drawRow(index);
  }

  drawRow(index) {
    const item = this.source.at(index);
    const row = this.shown.get(index) ?? this.addRow(index);
    if (row.item !== item || row.childElementCount === 0) {
      const hadFocus = row.contains(document.activeElement);
      fillRow(row, item, this.source.kind, this.actions);
      row.item = item;
      if (hadFocus) row.querySelector('.row-title')?.focus({ preventScroll: true });
    }
    row.setAttribute('aria-setsize', String(this.source.total));
    this.mark(row, index);
  }

  /** Rows stand in the document in their own order, which is the order of reading and of Tab. */
  addRow(index) {
    const row = el('div', { class: 'row', role: 'listitem', 'aria-posinset': String(index + 1), draggable: true, 'data-index': String(index) });
    row.style.height = `${this.height()}px`;
    row.style.transform = `translateY(${index * this.height()}px)`;
    const after = [...this.rows.children].find((other) => Number(other.dataset.index) > index);
    this.rows.insertBefore(row, after ?? null);
    this.shown.set(index, row);
    return row;
  }

  mark(row, index) {
    const isOpen = row.item !== undefined && row.item.link_id === this.openId;
    row.toggleAttribute('data-active', index === this.activeIndex);
    row.toggleAttribute('data-open', isOpen);
    const isChosen = row.item !== undefined && this.selection.has(row.item.link_id);
    row.toggleAttribute('data-chosen', isChosen);
    const check = row.querySelector('.row-check');
    if (check) check.checked = isChosen;
    const title = row.querySelector('.row-title');
    title.tabIndex = index === this.activeIndex ? 0 : -1;
    if (isOpen) title.setAttribute('aria-current', 'true');
    else title.removeAttribute('aria-current');
  }

  clear() {
    for (const row of this.shown.values()) row.remove();
    this.shown.clear();
  }
}
