/** The sidebar: fixed lists, and the tree of tags with their counts. */

import { get } from './api.js';
import { learnColors } from './colors.js';
import { el, find } from './dom.js';
import { FixedLists } from './fixedlists.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { TagDrag } from './tagdrag.js';
import { TagEdits } from './tagedit.js';
import { TagMarks } from './tagmarks.js';
import { focusNode, tagNode } from './tagnode.js';
import { ancestors, matchingRows, movedPath, parentOf, plain, tagsOf, treeRows } from './tagtree.js';

const PART = 400;

/**
 * The sidebar; `onChoose({list})` or `onChoose({tag})` is called for a choice, `onEdited` after tags changed,
 * `onGive(tag, linkIds)` where links are dropped on a tag; `chosenLinks()` are those chosen in the list.
 */
export class Sidebar {
  constructor({ dialog, onChoose, onEdited, onGive, chosenLinks, sheets }) {
    this.onChoose = onChoose;
    this.onEdited = onEdited;
    this.sheets = sheets;
    this.choice = { list: 'all' };
    this.counts = {};
    this.tags = [];
    this.order = 'name';
    this.limit = PART;
    this.worked = '';
    this.alike = new Set();
    this.open = new Set();
    this.fixed = new FixedLists((name) => this.onChoose({ list: name }));
    this.tree = find('.tag-tree');
    this.filter = find('.tag-filter');
    this.filter.addEventListener('input', () => this.filtered());
    this.filter.addEventListener('keydown', (event) => { if (event.key === 'ArrowDown') focusNode(this.tree.querySelector('.tag-node')); });
    this.tree.addEventListener('keydown', (event) => this.keyed(event));
    this.tree.addEventListener('contextmenu', (event) => this.asked(event));
    find('.tags-menu').addEventListener('click', (event) => this.openMenu(event));
    dialog.box.addEventListener('close', () => this.regainFocus(dialog.box));
    this.fixed.draw(this.counts, this.choice.list);
    this.edits = new TagEdits({ dialog, tags: () => this.tags, chosenLinks, onChanged: (moves) => this.edited(moves) });
    this.marks = new TagMarks({ bar: find('.tag-marks'), edits: this.edits, onDraw: () => this.drawTree() });
    this.drag = new TagDrag({ tree: this.tree, head: find('.tags-head'), along: (path) => this.marks.orOnly(path), onMove: (paths, under) => this.edits.move(paths, under), onGive });
  }

  /** Loads counts and tags again; true if tags have other colours than before. */
  async refresh() {
    const [session, answer] = await Promise.all([get('api/session'), get('api/tags')]);
    this.counts = session.counts;
    this.tags = tagsOf(answer);
    const isOther = learnColors(this.tags);
    this.marks.keep(this.tags);
    this.draw();
    return isOther;
  }

  /** Whether the list shown is that of a tag which is gone. */
  hasLostItsTag() {
    return this.choice.tag !== undefined && !this.tags.some(({ path }) => path === this.choice.tag);
  }

  /** Shows which list is chosen. */
  setChoice(choice) {
    this.choice = choice;
    this.draw();
  }

  /** Tags have other paths, given as pairs: what is open and chosen follows them. */
  async edited(moves) {
    const follow = (name) => moves.reduce((path, [old, target]) => movedPath(path, old, target), name);
    this.open = new Set([...[...this.open].map(follow), ...moves.flatMap(([, target]) => ancestors(target))]);
    this.worked = follow(this.worked);
    this.marks.follow(follow);
    const { tag } = this.choice;
    await this.onEdited(tag === undefined ? null : { from: tag, to: follow(tag) });
  }

  asked(event) {
    const path = event.target.closest('.tag-node')?.dataset.tag;
    const tag = this.tags.find((other) => other.path === path);
    if (tag === undefined) return;
    event.preventDefault();
    const box = event.target.getBoundingClientRect();
    this.openTagMenu(tag, { x: event.clientX || box.left, y: event.clientY || box.bottom });
  }

  /** The node that was worked on is drawn anew; the keyboard goes on there, or where it stood. The dialog may have it still. */
  regainFocus(box) {
    const held = document.activeElement;
    if (this.worked === '' || (held !== document.body && !box.contains(held))) return;
    const node = this.tree.querySelector(`[data-tag="${CSS.escape(this.worked)}"]`) ?? this.tree.querySelector('[tabindex="0"]');
    if (node === null) this.filter.focus();
    else focusNode(node);
    this.worked = '';
  }

  openTagMenu(tag, place) {
    this.worked = tag.path;
    if (this.marks.has(tag.path) && this.marks.size > 1) this.marks.openMenu(place);
    else this.edits.openMenu(tag, place, this.sheets);
  }

  /** What concerns all tags: their order, rules, pairs alike, the journal. */
  openMenu(event) {
    const place = event.currentTarget.getBoundingClientRect();
    const orders = ['name', 'count'].map((order) => ({
      label: t(`tags.order_${order}`),
      isOn: this.order === order,
      act: () => { this.order = order; this.drawTree(); },
    }));
    openMenu([
      ...orders,
      null,
      { label: t('rules.menu'), act: () => this.sheets.rules() },
      { label: t('alike.menu'), act: () => this.sheets.alike() },
      { label: t('journal.menu'), act: () => this.sheets.journal() },
    ], { x: place.left, y: place.bottom });
  }

  draw() {
    this.fixed.draw(this.counts, this.choice.list);
    this.marks.drawBar();
    this.drawTree();
  }

  drawTree() {
    const wanted = plain(this.filter.value.trim());
    const focused = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest?.('.tag-node'))?.dataset.tag;
    const rows = wanted ? matchingRows(this.tags, this.order, wanted, this.alike) : treeRows(this.tags, this.order, this.open);
    if (rows.length === 0) {
      this.tree.replaceChildren(el('p', { class: 'tag-empty' }, t(wanted ? 'tags.none_found' : 'tags.none')));
      return;
    }
    const top = this.tree.scrollTop;
    this.tree.replaceChildren(...rows.slice(0, this.limit).map((row) => this.node(row)), ...this.rest(rows.length));
    this.tree.scrollTop = top;
    const current = this.tree.querySelector('[aria-current="true"]') ?? this.tree.firstElementChild;
    current.tabIndex = 0;
    if (focused !== undefined) focusNode(this.tree.querySelector(`[data-tag="${CSS.escape(focused)}"]`));
  }

  /** What is typed is found in the names at once, and in the other script and by pinyin as the library answers. */
  async filtered() {
    this.limit = PART;
    this.alike = new Set();
    this.drawTree();
    const text = this.filter.value.trim();
    if (text === '') return;
    const answer = await get('api/tags/complete', { text, limit: PART }).catch(() => ({ tags: [] })); // a help only: the names are found without
    if (text !== this.filter.value.trim()) return;
    this.alike = new Set(answer.tags.map(({ path }) => path));
    this.drawTree();
  }

  /** Of thousands of tags only a part are elements, until more are asked for. */
  rest(total) {
    if (total <= this.limit) return [];
    const more = () => {
      const first = this.limit;
      this.limit += PART;
      this.drawTree();
      focusNode(this.tree.children[first]);
    };
    return [el('button', { type: 'button', class: 'button quiet tag-rest', onclick: more }, t('tags.rest', { n: total - this.limit }))];
  }

  node(row) {
    const { path } = row.tag;
    const state = { isOpen: this.open.has(path), isCurrent: this.choice.tag === path, isMarked: this.marks.has(path) };
    return tagNode(row, state, {
      toggle: (name) => this.toggle(name),
      menu: (tag, place) => this.openTagMenu(tag, place),
      click: (event, name) => this.clicked(event, name),
    });
  }

  clicked(event, path) {
    if (event.ctrlKey || event.metaKey) this.marks.toggle(path);
    else if (event.shiftKey) this.marks.extend(path, this.paths());
    else {
      this.marks.clear();
      this.onChoose({ tag: path });
    }
  }

  /** The paths in sight, in their order. */
  paths() {
    return [...this.tree.querySelectorAll('.tag-node')].map((node) => /** @type {HTMLElement} */ (node).dataset.tag ?? '');
  }

  toggle(path, open = !this.open.has(path)) {
    if (open) this.open.add(path);
    else this.open.delete(path);
    this.drawTree();
  }

  keyed(event) {
    const node = event.target.closest('.tag-node');
    if (node === null || event.target !== node) return;
    const act = this.keys(event, node, node.dataset.tag)[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.worked = node.dataset.tag;
    act();
  }

  /** @returns {Record<string, () => void>} */
  keys(event, node, path) {
    const tag = this.tags.find((other) => other.path === path);
    const step = (next) => {
      focusNode(next);
      if (event.shiftKey && next !== null) this.marks.extend(next.dataset.tag, this.paths(), path);
    };
    const state = node.getAttribute('aria-expanded');
    return {
      ArrowDown: () => step(node.nextElementSibling),
      ArrowUp: () => step(node.previousElementSibling),
      ArrowRight: () => { if (state === 'true') focusNode(node.nextElementSibling); else if (state === 'false') this.toggle(path, true); },
      ArrowLeft: () => { if (state === 'true') this.toggle(path, false); else focusNode(this.tree.querySelector(`[data-tag="${CSS.escape(parentOf(path))}"]`)); },
      Home: () => focusNode(this.tree.firstElementChild),
      End: () => focusNode(this.tree.lastElementChild),
      F2: () => this.edits.askRename(tag),
      Delete: () => this.edits.askDelete(this.marks.orOnly(path)),
      Enter: () => this.onChoose({ tag: path }),
      ' ': () => (event.ctrlKey ? this.marks.toggle(path) : this.onChoose({ tag: path })),
      ...(this.marks.size > 0 ? { Escape: () => this.marks.clear() } : {}),
    };
  }
}
