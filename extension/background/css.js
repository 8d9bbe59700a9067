// A small scanner for what a style sheet refers to: imports, images and fonts, comments and strings understood.

// What reads a page names faces and escapes the same way.
import '../inject/css.js';

const inject = /** @type {any} */ (globalThis).linkshotInject;

/** `face` is the key of a font's face, `place` where its rule stands. @typedef {{ url: string, kind: 'style' | 'image' | 'font', face?: string, place?: number }} CssReference */
/** @typedef {{ rule: string, place: number, inUrl: boolean, inSet: boolean, closing: boolean }} Scan */

// One pass: comment | a format's or type's name | url(bare) | url( or src( before a string | string | at-rule name |
// brace or semicolon | image-set( | closing bracket.
const TOKEN =
  /\/\*[^]*?(?:\*\/|$)|\b(?:format|type|tech)\([^)]*\)|\burl\(\s*(?!["'\s])((?:[^"'()\\\s]|\\[^])*)\s*\)|\b(?:url|src)\(\s*(?=["'])|"((?:[^"\\\n]|\\[^])*)"|'((?:[^'\\\n]|\\[^])*)'|@([-\w]+)|([{};])|\b((?:-webkit-)?image-set)\(|\)/gi;

/**
 * What `text` refers to, in its order, each address once and as written (unescaped).
 * @param {string} text
 * @returns {CssReference[]}
 */
export function cssReferences(text) {
  /** @type {Map<string, CssReference>} */
  const found = new Map();
  const scan = { rule: '', place: 0, inUrl: false, inSet: false, closing: false };
  for (const token of text.matchAll(TOKEN)) {
    const url = step(scan, token);
    if (url === undefined || url === '' || /^(#|data:|about:|blob:)/i.test(url)) continue;
    if (!found.has(url)) found.set(url, referenceIn(text, scan, url));
  }
  return [...found.values()];
}

/**
 * Take one token into the state; answers an address where the token is one.
 * @param {Scan} scan
 * @param {RegExpExecArray} token
 */
function step(scan, token) {
  const [whole, bare, double, single, atRule, mark, set] = token;
  if (bare !== undefined) return unescaped(bare);
  const string = double ?? single;
  if (string !== undefined) {
    const isAddress = scan.inUrl || scan.inSet || scan.rule === 'import';
    scan.closing = scan.inUrl;
    scan.inUrl = false;
    return isAddress ? unescaped(string) : undefined;
  }
  if (atRule !== undefined) Object.assign(scan, { rule: atRule.toLowerCase(), place: token.index });
  else if (set !== undefined) scan.inSet = true;
  else structure(scan, mark ?? whole);
  return undefined;
}

/** @param {Scan} scan @param {string} mark */
function structure(scan, mark) {
  if (mark === '}' || mark === ';') endOf(scan, mark);
  else if (mark === ')') closeBracket(scan);
  else if (/^(url|src)\(/i.test(mark)) scan.inUrl = true;
}

/** The bracket after url("…") is the address's own, any other ends an image-set. @param {Scan} scan */
function closeBracket(scan) {
  if (!scan.closing) scan.inSet = false;
  scan.closing = false;
}

/** A rule without a block ends at its semicolon, @font-face at its brace. @param {Scan} scan @param {string} mark */
function endOf(scan, mark) {
  if (mark === '}' || scan.rule !== 'font-face') scan.rule = '';
  scan.inSet = false;
}

/** @param {string} text @returns {string} */
function unescaped(text) {
  return inject.unescapeCss(text).trim();
}

/** @param {string} text @param {Scan} scan @param {string} url @returns {CssReference} */
function referenceIn(text, { rule, place }, url) {
  if (rule !== 'font-face') return { url, kind: rule === 'import' ? 'style' : 'image' };
  const end = text.indexOf('}', place);
  return { url, kind: 'font', place, face: inject.faceKeyOf(text.slice(place, end < 0 ? undefined : end)) };
}

/**
 * What a sheet is written in, by its BOM, its header, its @charset, else as what refers to it.
 * https://drafts.csswg.org/css-syntax/#input-byte-stream
 * @param {Uint8Array} bytes
 * @param {string} mediaType as served, with its charset
 * @param {string} [fallback] the encoding of the document or sheet that refers to it
 */
export function cssEncoding(bytes, mediaType, fallback = '') {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  const served = /charset\s*=\s*"?([^\s;"]+)/i.exec(mediaType)?.[1];
  // a sheet whose @charset can be read as ASCII is not UTF-16, whatever it says
  const own = /^@charset "([^"]*)";/.exec(head)?.[1]?.replace(/^utf-16.*/i, 'utf-8');
  return bomLabel(bytes) ?? [served, own, fallback].find(isKnown) ?? 'utf-8';
}

/** @param {Uint8Array} bytes */
function bomLabel(bytes) {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

/** @param {string | undefined} label @returns {label is string} */
function isKnown(label) {
  try {
    return Boolean(label && new TextDecoder(label));
  } catch {
    // a charset nobody knows counts as none, as in browsers
    return false;
  }
}
