// Tags as people type them.

/** What stands between two tags in one line. */
export const SEPARATORS = /[,\uff0c、;\uff1b\n\t]+/;
/** The slash key and nothing else: no tag begins so. Input methods for Chinese make \uff0f or 、 of it. */
export const SLASH_ALONE = /^[/\uff0f、]$/;

/** A tag as it was meant: spaces around it and around its slashes go. @param {string} text */
export function tidyTag(text) {
  return text
    .normalize('NFC')
    .split(/[/\uff0f]/)
    .map((level) => level.trim().replace(/\s+/g, ' '))
    .join('/')
    .replace(/^[#/]+|\/+$/g, '');
}

/** Tags in a text with separators between them. @param {string} text */
export function tagsIn(text) {
  return [...new Set(text.split(SEPARATORS).map(tidyTag).filter(Boolean))];
}

const folded = (/** @type {string} */ text) => text.normalize('NFKC').toLowerCase();

/** Does a tag read as if this were a piece of it? @param {string} text @param {string} tag */
export function isPart(text, tag) {
  return folded(tag).includes(folded(text));
}

/** Do two tags read the same? @param {string} one @param {string} other */
export function isSame(one, other) {
  return folded(one) === folded(other);
}
