// The icon of a page that names none: the browser looked for it at an address of its own, and shows it on the tab where it found one.

/** @import { Frame } from './frames.js' */

const DATA = /^data:(image\/[\w.+-]+);base64,(.+)$/s;

/**
 * Adds the icon to what the page's document uses; answers its address, '' where there is none to add.
 * @param {Frame | undefined} top
 * @param {string} shown the icon's address as the tab has it: in Firefox the picture itself
 */
export function addIcon(top, shown) {
  if (!top || !/^https?:/.test(top.url) || top.hasIcon) return '';
  const url = new URL('/favicon.ico', top.url).href;
  const [, mediaType, data] = DATA.exec(shown) ?? [];
  if (mediaType && data) top.inline.push({ url, mediaType, data, dataLength: data.length });
  else if (shown === url) top.resources.push({ url, kind: 'image' });
  return url;
}
