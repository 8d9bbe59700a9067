// What a search found, as text: passages in pieces, and what is said above the hits.

/** @import { Found } from '../shared/protocol.js' */

/** A snippet in pieces; the words found stand between U+0002 and U+0003. @param {string} snippet @returns {{ text: string, isHit: boolean }[]} */
export function snippetPieces(snippet) {
  return snippet
    .split(/(\u0002[^\u0003]*\u0003)/)
    .map((text, index) => ({ text: text.replace(/[\u0002\u0003]/g, ''), isHit: index % 2 === 1 }))
    .filter(({ text }) => text);
}

/** What has to be said of an answer: keys of words and their facts. @param {Found} found @returns {[string, ...(string | number)[]][]} */
export function notesOf({ total, most, waiting, read_as: readAs }) {
  /** @type {[string, ...(string | number)[]][]} */
  const notes = [];
  if (readAs) notes.push(['search_read_as', readAs]);
  if (most && total) notes.push(['search_most_too', total, most]);
  else if (most) notes.push(['search_most']);
  else if (!total) notes.push(['search_none']);
  if (waiting) notes.push(['search_waiting', waiting]);
  return notes;
}
