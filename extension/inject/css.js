// Addresses in CSS text: found, made absolute, replaced.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.cssAddresses) return;

  const dq = '"((?:[^"\\\\]|\\\\[\\s\\S])*)"';
  const sq = "'((?:[^'\\\\]|\\\\[\\s\\S])*)'";
  const bare = '((?:[^\\s"\'()\\\\]|\\\\[\\s\\S])*)';
  // A comment, an import with a string, a url(), or any other string (which may be image-set's).
  const token = new RegExp(
    `/\\*[\\s\\S]*?(?:\\*/|$)|@import\\s*(?:${dq}|${sq})|url\\(\\s*(?:${dq}|${sq}|${bare})\\s*\\)|${dq}|${sq}`,
    'gi',
  );

  /** @param {string} text */
  const unescapeCss = (text) =>
    text.includes('\\')
      ? text.replace(/\\(?:([0-9a-f]{1,6})\s?|(\r\n|[\s\S]))/gi, (_, hex, other) =>
          hex ? String.fromCodePoint(Math.min(parseInt(hex, 16) || 0xfffd, 0x10ffff)) : /[\r\n\f]/.test(other) ? '' : other,
        )
      : text;

  /** @param {string} url */
  inject.cssUrl = (url) => `url("${url.replace(/["\\\n\r\f]/g, (c) => `\\${c.charCodeAt(0).toString(16)} `)}")`;

  /** @param {string} before */
  const isInImageSet = (before) => /image-set\((?:[^()]|\([^()]*\))*$/i.test(before);

  /** The spans of @font-face blocks. @param {string} text */
  const fontSpans = (text) => {
    /** @type {number[][]} */
    const spans = [];
    if (!/@font-face/i.test(text)) return spans;
    for (const match of text.matchAll(/@font-face\s*\{[^}]*\}?/gi)) spans.push([match.index, match.index + match[0].length]);
    return spans;
  };

  /** What kind of address the token at `offset` is; '' where it is none. @param {string} whole @param {string} before @param {boolean} hasSets */
  const kindOf = (whole, before, hasSets) => {
    if (whole.startsWith('/*')) return '';
    if (whole[0] === '@') return 'style';
    if (!/^url\(/i.test(whole)) return hasSets && isInImageSet(before) ? 'image' : '';
    if (/@import\s*$/i.test(before)) return 'style';
    return /@namespace[^;{}]*$/i.test(before) ? '' : 'image';
  };

  /**
   * Calls `visit(reference, kind)` for each address; where it answers a string, that replaces the address. The text
   * with the replacements is returned.
   * @param {string} text @param {(reference: string, kind: string) => string | undefined} visit
   */
  inject.cssAddresses = (text, visit) => {
    if (!/url\(|@import|image-set\(/i.test(text)) return text;
    const fonts = fontSpans(text);
    const hasSets = /image-set\(/i.test(text);
    return text.replace(token, (whole, ...rest) => {
      const offset = Number(rest[7]);
      const kind = kindOf(whole, text.slice(Math.max(0, offset - 2000), offset), hasSets);
      if (!kind) return whole;
      const isFont = kind === 'image' && fonts.some(([start = 0, end = 0]) => offset >= start && offset < end);
      const reference = rest.slice(0, 7).find((group) => group !== undefined) ?? '';
      const changed = visit(unescapeCss(reference), isFont ? 'font' : kind);
      if (changed === undefined) return whole;
      return whole[0] === '@' ? `@import ${inject.cssUrl(changed)}` : inject.cssUrl(changed);
    });
  };

  /** The text with every address absolute. @param {string} text @param {string} base */
  inject.absoluteCss = (text, base) =>
    inject.cssAddresses(text, (/** @type {string} */ reference) =>
      reference.startsWith('#') || /^data:/i.test(reference) ? undefined : inject.absolute(reference, base) || undefined,
    );
})();
