/** Several tags marked in the sidebar, to be merged or deleted together. */

import { el, icon } from './dom.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';

/** The marked tags; `bar` says how many there are and what can be done with them. */
export class TagMarks {
  constructor({ bar, edits, onDraw }) {
    this.bar = bar;
    this.edits = edits;
    this.onDraw = onDraw;
    this.paths = new Set();
    this.gone = new Set();
    this.last = '';
  }

  get size() {
    return this.paths.size;
  }

  has(path) {
    return this.paths.has(path);
  }

  /** The marked tags if this is one of them, else this one alone. */
  orOnly(path) {
    return this.paths.has(path) ? [...this.paths] : [path];
  }

  toggle(path) {
    if (!this.paths.delete(path)) this.paths.add(path);
    this.last = path;
    this.changed();
  }

  /** Marks all from where the last one was marked, or from `from`, to `path`. */
  extend(path, inSight, from = '') {
    if (this.last === '' || this.paths.size === 0) this.last = from || path;
    const [start, end] = [inSight.indexOf(this.last), inSight.indexOf(path)].sort((one, other) => one - other);
    this.paths = new Set(inSight.slice(Math.max(start, 0), end + 1));
    this.changed();
  }

  clear() {
    this.gone.clear();
    if (this.paths.size === 0) return;
    this.paths.clear();
    this.changed();
  }

  /** Tags have other paths: the marks go along. */
  follow(where) {
    this.paths = new Set([...this.paths].map(where));
    this.gone = new Set([...this.gone].map(where));
    this.last = where(this.last);
  }

  /** Marks only tags there are. One that is gone may have moved, which `follow` hears of later. */
  keep(tags) {
    const there = new Set(tags.map(({ path }) => path));
    const all = [...this.paths, ...this.gone];
    this.paths = new Set(all.filter((path) => there.has(path)));
    this.gone = new Set(all.filter((path) => !there.has(path)));
  }

  openMenu(place) {
    openMenu(this.actions(), place);
  }

  actions() {
    const paths = [...this.paths];
    return [
      { label: t('tagedit.merge_many', { n: paths.length }), act: () => this.edits.askMerge(paths) },
      { label: t('tagedit.delete_many', { n: paths.length }), act: () => this.edits.askDelete(paths) },
    ];
  }

  changed() {
    this.drawBar();
    this.onDraw();
  }

  drawBar() {
    this.bar.hidden = this.paths.size === 0;
    const shut = el('button', { type: 'button', class: 'icon-button', 'aria-label': t('tagmarks.clear'), title: t('tagmarks.clear'), onclick: () => this.clear() }, icon('close'));
    const merge = el('button', { type: 'button', class: 'button', disabled: this.paths.size < 2, onclick: () => this.actions()[0]?.act() }, t('tagmarks.merge'));
    const remove = el('button', { type: 'button', class: 'button', onclick: () => this.actions()[1]?.act() }, t('tagmarks.delete'));
    this.bar.replaceChildren(el('span', { class: 'tag-marks-count' }, t('tagmarks.count', { n: this.paths.size })), merge, remove, shut);
  }
}
