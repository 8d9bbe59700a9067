/** Long lists, a part at a time: what is asked for is loaded, what is loaded is kept. */

import { get } from './api.js';

const PART = 60;

/**
 * A list of which parts are loaded as they come into sight.
 * `load(offset, limit, signal)` answers `{total, items}`.
 */
export function createSource(load, kind) {
  const items = [];
  const loading = new Set();
  const aborter = new AbortController();
  const source = { kind, total: 0, readAs: '', tookMs: 0, at: (index) => items[index], ensure, refresh, stop: () => aborter.abort() };

  async function part(number) {
    const answer = await load(number * PART, PART, aborter.signal);
    source.total = answer.total;
    source.readAs = answer.readAs ?? '';
    source.tookMs = answer.tookMs ?? 0;
    answer.items.forEach((item, index) => { items[number * PART + index] = item; });
    items.length = Math.max(Math.min(items.length, source.total), 0);
  }

  /** Loads what is missing of a range; true if something came. */
  async function ensure(first, last) {
    const wanted = [];
    for (let number = Math.floor(first / PART); number <= Math.floor(last / PART); number += 1) {
      if (items[number * PART] === undefined && !loading.has(number)) wanted.push(number);
    }
    if (wanted.length === 0) return false;
    wanted.forEach((number) => loading.add(number));
    try {
      await Promise.all(wanted.map(part));
    } finally {
      wanted.forEach((number) => loading.delete(number));
    }
    return true;
  }

  /** Loads again what is in sight and forgets the rest, without a moment of emptiness. */
  async function refresh(first, last) {
    const kept = items.slice();
    items.length = 0;
    try {
      await ensure(first, last);
    } catch (failure) {
      items.push(...kept);
      throw failure;
    }
  }

  return source;
}

/** The links of a list. */
export function linkSource(filters, order) {
  return createSource(async (offset, limit, signal) => {
    const answer = await get('api/links', { ...filters, order, offset, limit }, signal);
    return { total: answer.total, items: answer.links };
  }, 'link');
}

/** The hits of a query. */
export function hitSource(query, tag) {
  return createSource(async (offset, limit, signal) => {
    const answer = await get('api/search', { q: query, tag, offset, limit }, signal);
    return { total: answer.total, items: answer.hits, readAs: answer.read_as, tookMs: answer.took_ms };
  }, 'hit');
}
