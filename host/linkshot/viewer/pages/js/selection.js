/** The links chosen in the list, for what is done to many at once. */

/** At most so many are chosen at once: what one request may name. */
export const MOST = 10_000;

/** Chosen links by id; `onChange()` after each change. */
export class Selection {
  constructor(onChange) {
    this.onChange = onChange;
    this.items = new Map();
    this.anchor = 0;
  }

  get size() {
    return this.items.size;
  }

  has(linkId) {
    return this.items.has(linkId);
  }

  ids() {
    return [...this.items.keys()];
  }

  /** How many of the chosen links have each tag, most first. */
  tags() {
    const counts = new Map();
    for (const { tags } of this.items.values()) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    return [...counts].sort(([, one], [, other]) => other - one);
  }

  toggle(item, index) {
    if (!this.items.delete(item.link_id)) this.items.set(item.link_id, item);
    this.anchor = index;
    this.onChange();
  }

  /** Chooses all from the last one chosen to this one; what is not loaded yet is loaded first. */
  async extend(source, index) {
    if (this.size === 0) this.anchor = Math.min(this.anchor, source.total - 1);
    await this.take(source, Math.min(this.anchor, index), Math.max(this.anchor, index));
  }

  /** Chooses all of a list, at most `MOST`. */
  async all(source) {
    this.anchor = 0;
    await this.take(source, 0, source.total - 1);
  }

  async take(source, first, last) {
    const end = Math.min(last, first + MOST - 1);
    await source.ensure(first, end);
    this.items = new Map();
    for (let index = first; index <= end; index += 1) {
      const item = source.at(index);
      if (item) this.items.set(item.link_id, item);
    }
    this.onChange();
  }

  /** Takes over what is known anew of the chosen links. */
  learn(source) {
    for (const item of source.items) if (item && this.has(item.link_id)) this.items.set(item.link_id, item);
  }

  clear() {
    if (this.size === 0) return;
    this.items.clear();
    this.onChange();
  }
}
