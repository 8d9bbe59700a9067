// The keys of frames that do not know their own: from what their parents say of them, down to every word that has them.

/** @import { Answer, FrameAnswer, InPage } from './asking.js' */

/**
 * Gives a document that found its place, and all below it, the place's key. What the page holds of it stays under the old one.
 * @param {Answer} answer
 * @param {string} key
 */
export function nameFrames(answer, key) {
  const [root] = answer.frames;
  if (!root) return;
  const from = root.frame;
  const named = (/** @type {string} */ old) => (old === from || old.startsWith(`${from}.`) ? key + old.slice(from.length) : old);
  for (const entry of answer.frames) Object.assign(entry, { heldAs: entry.frame, frame: named(entry.frame), named: { from, key } });
  for (const entry of answer.foreign ?? []) entry.key = named(entry.key);
}

/**
 * Firefox says which frame an element holds: names, from the top down, every frame whose parent says so.
 * @param {{ frameId: number, result: InPage }[]} results the top first
 */
export function nameByElements(results) {
  const byId = new Map(results.map(({ frameId, result }) => [frameId, result.answer]));
  const queue = results.slice(0, 1).map(({ result }) => result.answer);
  for (let parent = queue.shift(); parent; parent = queue.shift()) {
    for (const { key, frameId } of parent.foreign) {
      const child = byId.get(frameId ?? -1);
      if (!child?.frames[0]?.frame.startsWith('?')) continue;
      nameFrames(child, key);
      queue.push(child);
    }
  }
}

/**
 * The frame with its key in every word that has it: in its markup and in the addresses of what was made in it.
 * @template {FrameAnswer} T
 * @param {T} frame
 * @returns {T}
 */
export function withKey(frame) {
  const { named, ...rest } = frame;
  if (!named) return frame;
  const from = named.from.replace('?', '\\?');
  const pattern = new RegExp(`( data-linkshot-frame="|\\blinkshot:[a-z]+/)${from}(?=["./])`, 'g');
  /** @param {any} value @returns {any} */
  const renamed = (value) => {
    if (typeof value === 'string') return value.replace(pattern, (_, before) => before + named.key);
    if (Array.isArray(value)) return value.map(renamed);
    if (!value || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, renamed(part)]));
  };
  return renamed(rest);
}
