// Addresses in CSS text: found, made absolute, replaced.

(() => {
  /** @type {any} */
  const inject = (globalThis.linkshotInject ??= {});
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
  const isInImageSet = (before) => /image-set\((?:[^()]|\([^()]*\))*$/i.test(before.slice(-2000));

  /** The spans of @font-face blocks. @param {string} text */
  const fontSpans = (text) => {
    const spans = [];
    if (!/@font-face/i.test(text)) return spans;
    for (const match of text.matchAll(/@font-face\s*\{[^}]*\}?/gi)) spans.push([match.index, match.index + match[0].length]);
    return spans;
  };

  /**
   * Calls `visit(reference, kind, wrap)` for each address; where it answers a string, that replaces the whole
   * token. The text with the replacements is returned.
   * @param {string} text @param {(reference: string, kind: string) => string | undefined} visit
   */
  inject.cssAddresses = (text, visit) => {
    if (!/url\(|@import|image-set\(/i.test(text)) return text;
    const fonts = fontSpans(text);
    const hasSets = /image-set\(/i.test(text);
    return text.replace(token, (whole, ...rest) => {
      const groups = rest.slice(0, 7);
      const offset = Number(rest[7]);
      if (whole.startsWith('/*')) return whole;
      const found = groups.find((group) => group !== undefined) ?? '';
      const isUrl = /^url\(/i.test(whole);
      const isImport = whole[0] === '@' || (isUrl && /@import\s*$/i.test(text.slice(Math.max(0, offset - 20), offset)));
      if (!isUrl && !isImport && !(hasSets && isInImageSet(text.slice(0, offset)))) return whole;
      if (isUrl && /@namespace[^;{}]*$/i.test(text.slice(Math.max(0, offset - 80), offset))) return whole;
      const isFont = fonts.some(([start, end]) => offset >= start && offset < end);
      const changed = visit(unescapeCss(found), isImport ? 'style' : isFont ? 'font' : 'image');
      if (changed === undefined) return whole;
      return isImport && whole[0] === '@' ? `@import ${inject.cssUrl(changed)}` : inject.cssUrl(changed);
    });
  };

  /** The text with every address absolute. @param {string} text @param {string} base */
  inject.absoluteCss = (text, base) =>
    inject.cssAddresses(text, (/** @type {string} */ reference) =>
      reference.startsWith('#') || /^data:/i.test(reference) ? undefined : inject.absolute(reference, base) || undefined,
    );
})();
