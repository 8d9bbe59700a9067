/** Long lists, a part at a time: what is asked for is loaded, what is loaded is kept. */

import { get } from './api.js';

const PART = 60;

/**
 * A list of which parts are loaded as they come into sight.
 * `load(offset, limit, signal)` answers `{total, items, notes}`, the last for hits alone: how many have all of the
 * query, how many most of it, how many are not searched yet, how it was read.
 */
export class Source {
  constructor(load, kind) {
    this.load = load;
    this.kind = kind;
    this.total = 0;
    /** @type {{all: number, most: number, waiting: number, readAs: string, unknownTags: string[]} | null} */
    this.notes = null;
    this.items = [];
    this.loading = new Set();
    this.aborter = new AbortController();
  }

  at(index) {
    return this.items[index];
  }

  stop() {
    this.aborter.abort();
  }

  /** Loads what is missing of a range; true if something came. */
  async ensure(first, last) {
    const wanted = [];
    for (let number = Math.floor(first / PART); number <= Math.floor(last / PART); number += 1) {
      if (this.items[number * PART] === undefined && !this.loading.has(number)) wanted.push(number);
    }
    if (wanted.length === 0) return false;
    wanted.forEach((number) => this.loading.add(number));
    try {
      await Promise.all(wanted.map((number) => this.part(number)));
    } finally {
      wanted.forEach((number) => this.loading.delete(number));
    }
    return true;
  }

  /** Loads again what is in sight and forgets the rest, without a moment of emptiness. */
  async refresh(first, last) {
    const kept = this.items.slice();
    this.items.length = 0;
    try {
      await this.ensure(first, last);
    } catch (failure) {
      this.items.push(...kept);
      throw failure;
    }
  }

  async part(number) {
    const answer = await this.load(number * PART, PART, this.aborter.signal);
    this.total = answer.total;
    this.notes = answer.notes ?? null;
    answer.items.forEach((item, index) => { this.items[number * PART + index] = item; });
    this.items.length = Math.max(Math.min(this.items.length, this.total), 0);
  }
}

/** What a view shows: the links of the list or tag chosen, or its query's hits among them. */
export function sourceOf({ choice: { list: name, tag = '' }, query, order }) {
  if (query !== '') return hitSource(query, { tag, state: name === 'all' ? '' : name });
  return linkSource({ tag, starred: name === 'starred', untagged: name === 'untagged', trashed: name === 'trashed' }, order);
}

function linkSource(filters, order) {
  return new Source(async (offset, limit, signal) => {
    const answer = await get('api/links', { ...filters, order, offset, limit }, signal);
    return { total: answer.total, items: answer.links };
  }, 'link');
}

function hitSource(query, within) {
  return new Source(async (offset, limit, signal) => {
    const answer = await get('api/search', { q: query, ...within, offset, limit }, signal);
    const { total, most, waiting, read_as: readAs, unknown_tags: unknownTags } = answer;
    const notes = { all: total, most, waiting, readAs, unknownTags };
    return { total: total + most, items: answer.hits, notes };
  }, 'hit');
}
