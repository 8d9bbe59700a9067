/** The sidebar: fixed lists, and the tree of tags with their counts. */

import { get } from './api.js';
import { el, find, icon } from './dom.js';
import { number, t } from './i18n.js';
import { TagDrag } from './tagdrag.js';
import { TagEdits } from './tagedit.js';

const LISTS = [
  { name: 'all', sign: 'all' },
  { name: 'starred', sign: 'star' },
  { name: 'untagged', sign: 'tag' },
  { name: 'trashed', sign: 'trash' },
];

/** The sidebar; `onChoose({list})` or `onChoose({tag})` is called for a choice, `onEdited` after tags changed. */
export class Sidebar {
  constructor({ onChoose, onEdited }) {
    this.onChoose = onChoose;
    this.onEdited = onEdited;
    this.choice = { list: 'all' };
    this.counts = {};
    this.tags = [];
    this.open = new Set();
    this.fixed = find('.fixed-lists');
    this.tree = find('.tag-tree');
    this.filter = find('.tag-filter');
    this.filter.addEventListener('input', () => this.drawTree());
    this.tree.addEventListener('keydown', (event) => this.keyed(event));
    this.tree.addEventListener('contextmenu', (event) => this.asked(event));
    this.drawLists();
    this.edits = new TagEdits({ tags: () => this.tags, onChanged: (old, path) => this.edited(old, path) });
    this.drag = new TagDrag({ tree: this.tree, head: find('.tags-head'), onMove: (old, path) => this.edits.move(old, path) });
  }

  /** Loads counts and tags again. */
  async refresh() {
    const [session, answer] = await Promise.all([get('api/session'), get('api/tags')]);
    this.counts = session.counts;
    this.tags = answer.tags;
    this.draw();
  }

  /** Shows which list is chosen. */
  setChoice(choice) {
    this.choice = choice;
    this.draw();
  }

  /** A tag has another path: what is open and chosen follows it. */
  async edited(old, path) {
    const moved = (name) => (name === old || name.startsWith(`${old}/`) ? path + name.slice(old.length) : name);
    this.open = new Set([...[...this.open].map(moved), ...ancestors(path)]);
    await this.refresh();
    await this.onEdited(this.choice.tag === undefined ? null : { from: this.choice.tag, to: moved(this.choice.tag) });
  }

  asked(event) {
    const path = event.target.closest('.tag-node')?.dataset.tag;
    const tag = this.tags.find((other) => other.path === path);
    if (tag === undefined) return;
    event.preventDefault();
    this.edits.openMenu(tag, { x: event.clientX, y: event.clientY });
  }

  draw() {
    this.drawLists();
    this.drawTree();
  }

  drawLists() {
    this.fixed.replaceChildren(...LISTS.map(({ name, sign }) => el('li', {}, el('button', {
      type: 'button',
      class: 'side-item',
      'data-list': name,
      'aria-current': String(this.choice.list === name),
      onclick: () => this.onChoose({ list: name }),
    }, icon(sign), el('span', { class: 'side-name' }, t(`list.${name}`)), el('span', { class: 'side-count' }, this.counts[name] === undefined ? '' : number(this.counts[name]))))));
  }

  drawTree() {
    const wanted = this.filter.value.trim().toLowerCase();
    const focused = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest?.('.tag-node'))?.dataset.tag;
    const nodes = wanted ? this.matching(wanted) : this.visible();
    if (nodes.length === 0) {
      this.tree.replaceChildren(el('p', { class: 'tag-empty' }, t(wanted ? 'tags.none_found' : 'tags.none')));
      return;
    }
    this.tree.replaceChildren(...nodes.map((node) => this.node(node)));
    const current = this.tree.querySelector('[aria-selected="true"]') ?? this.tree.firstElementChild;
    current.tabIndex = 0;
    if (focused !== undefined) this.tree.querySelector(`[data-tag="${CSS.escape(focused)}"]`)?.focus();
  }

  /** The tags in sight: those whose parents are all open, each with its depth. */
  visible() {
    return this.shaped().filter(({ tag }) => ancestors(tag.path).every((path) => this.open.has(path)));
  }

  matching(wanted) {
    return this.shaped()
      .filter(({ tag }) => tag.path.toLowerCase().includes(wanted) || tag.aliases.some((alias) => alias.toLowerCase().includes(wanted)))
      .map(({ tag }) => ({ tag, name: tag.path, depth: 0, hasChildren: false }));
  }

  shaped() {
    const parents = new Set(this.tags.flatMap((tag) => ancestors(tag.path)));
    return this.tags.map((tag) => {
      const steps = tag.path.split('/');
      return { tag, name: steps.at(-1), depth: steps.length - 1, hasChildren: parents.has(tag.path) };
    });
  }

  node({ tag, name, depth, hasChildren }) {
    const isOpen = this.open.has(tag.path);
    const twist = hasChildren
      ? el('span', { class: 'tag-twist', onclick: (event) => { event.stopPropagation(); this.toggle(tag.path); } }, icon('chevron'))
      : el('span', { class: 'tag-twist' });
    const line = el('div', { class: 'tag-line', title: tag.path }, twist, el('span', { class: 'side-name' }, name), el('span', { class: 'side-count' }, number(tag.links_below)), this.more(tag));
    line.style.paddingLeft = `${depth * 14}px`;
    return el('div', {
      class: 'tag-node',
      role: 'treeitem',
      tabIndex: -1,
      'aria-level': String(depth + 1),
      'aria-selected': String(this.choice.tag === tag.path),
      'aria-expanded': hasChildren ? String(isOpen) : null,
      'aria-label': t('tags.with_count', { tag: name, n: tag.links_below }),
      'data-tag': tag.path,
      draggable: true,
      onclick: () => this.onChoose({ tag: tag.path }),
    }, line);
  }

  more(tag) {
    const label = t('tagedit.more', { tag: tag.path });
    const open = (event) => {
      event.stopPropagation();
      const place = event.currentTarget.getBoundingClientRect();
      this.edits.openMenu(tag, { x: place.left, y: place.bottom });
    };
    return el('button', { type: 'button', class: 'tag-more', tabIndex: -1, 'aria-label': label, title: label, onclick: open }, icon('more'));
  }

  toggle(path, open = !this.open.has(path)) {
    if (open) this.open.add(path);
    else this.open.delete(path);
    this.drawTree();
  }

  keyed(event) {
    const node = event.target.closest('.tag-node');
    if (node === null || event.target !== node) return;
    const path = node.dataset.tag;
    const actions = {
      ArrowDown: () => focusNode(node.nextElementSibling),
      ArrowUp: () => focusNode(node.previousElementSibling),
      ArrowRight: () => this.toggle(path, true),
      ArrowLeft: () => this.toggle(path, false),
      Home: () => focusNode(this.tree.firstElementChild),
      End: () => focusNode(this.tree.lastElementChild),
      F2: () => this.edits.askRename(this.tags.find((tag) => tag.path === path)),
      Enter: () => this.onChoose({ tag: path }),
      ' ': () => this.onChoose({ tag: path }),
    };
    const act = actions[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}

function ancestors(path) {
  const steps = path.split('/');
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('/'));
}

function focusNode(node) {
  if (node === null) return;
  for (const other of node.parentElement.children) other.tabIndex = -1;
  node.tabIndex = 0;
  node.focus();
}
