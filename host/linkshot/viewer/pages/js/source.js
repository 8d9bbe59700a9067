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
    /** @type {Map<number, Promise<void>>} */
    this.loading = new Map();
    this.aborter = new AbortController();
  }

  at(index) {
    return this.items[index];
  }

  stop() {
    this.aborter.abort();
  }

  /** Loads what is missing of a range and waits for what is under way; true if something came. */
  async ensure(first, last) {
    const parts = [];
    for (let number = Math.floor(first / PART); number <= Math.floor(last / PART); number += 1) {
      if (this.items[number * PART] === undefined) parts.push(this.loading.get(number) ?? this.part(number));
    }
    await Promise.all(parts);
    return parts.length > 0;
  }

  /** Loads again what is in sight and forgets the rest, without a moment of emptiness. */
  async refresh(first, last) {
    const kept = this.items.slice();
    this.items.length = 0;
    this.loading.clear();
    try {
      await this.ensure(first, last);
    } catch (failure) {
      this.items.push(...kept);
      throw failure;
    }
  }

  /** Loads a part; an answer from before a refresh is let go. */
  part(number) {
    /** @type {Promise<void>} */
    const loading = this.load(number * PART, PART, this.aborter.signal).then(
      (answer) => { if (this.loading.get(number) === loading) this.take(number, answer); },
    ).finally(() => { if (this.loading.get(number) === loading) this.loading.delete(number); });
    this.loading.set(number, loading);
    return loading;
  }

  take(number, answer) {
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
