/** The links chosen in the list, for what is done to many at once. */

/** At most so many are chosen at once: what one request may name. */
export const MOST = 10_000;

/** Chosen links by id; `onChange()` after each change. */
export class Selection {
  constructor(onChange) {
    this.onChange = onChange;
    this.items = new Map();
    /** Where each stood in the list, by the link's id. @type {Map<number, number>} */
    this.places = new Map();
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
    if (this.has(item.link_id)) this.drop(item.link_id);
    else this.put(item, index);
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
    this.empty();
    for (let index = first; index <= end; index += 1) {
      const item = source.at(index);
      if (item) this.put(item, index);
    }
    this.onChange();
  }

  /**
   * Takes over what is known anew of the chosen links and lets go of those that are in the list no more: nothing is
   * done to what one cannot see. `moved` is how far a link may stand from where it was; where a newer list
   * `isOld`, its own turn comes.
   */
  async renew(source, moved, isOld) {
    if (this.size === 0) return;
    await Promise.all([...this.places.values()].map((index) => source.ensure(Math.max(0, index - moved), Math.min(source.total - 1, index + moved))));
    if (isOld()) return;
    const chosen = this.items;
    this.empty();
    source.items.forEach((item, index) => { if (chosen.has(item.link_id)) this.put(item, index); });
    this.onChange();
  }

  put(item, index) {
    this.items.set(item.link_id, item);
    this.places.set(item.link_id, index);
  }

  drop(linkId) {
    this.items.delete(linkId);
    this.places.delete(linkId);
  }

  empty() {
    this.items = new Map();
    this.places = new Map();
  }

  clear() {
    if (this.size === 0) return;
    this.empty();
    this.onChange();
  }
}
