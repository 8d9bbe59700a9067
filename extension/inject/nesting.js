// Nesting that script can make and a parser undoes: a paragraph in a paragraph, a link in a link, a row in no table.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.nestingOf) return;

  // What stands open around an element; https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody.
  const open = { p: 1, a: 2, button: 4, nobr: 8, form: 16 };
  /** @type {Record<string, number>} */
  const opens = { ...open };
  const inScope = open.p | open.a | open.button | open.nobr;
  const ends = new Set('applet caption html marquee object table td template th'.split(' '));
  const endsParagraph = new Set(
    ('address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
      'header hgroup hr li dd dt listing main menu nav ol p plaintext pre search section summary table ul xmp').split(' '),
  );
  /** Elements that a parser takes only in these. @type {Record<string, string>} */
  const only = { tr: 'tbody thead tfoot template', td: 'tr template', th: 'tr template', tbody: 'table template', thead: 'table template', tfoot: 'table template' };
  /** Elements that take only these. @type {Record<string, string>} */
  const takes = {
    table: 'caption colgroup thead tbody tfoot script style template form',
    tr: 'td th script style template',
    tbody: 'tr script style template',
    thead: 'tr script style template',
    tfoot: 'tr script style template',
  };

  /** @param {string} names @param {string} name */
  const has = (names, name) => names.split(' ').includes(name);

  /** Would the parser close what is open before this element? @param {string} name @param {number} flags @param {boolean} isQuirky */
  const isClosing = (name, flags, isQuirky) => {
    if (flags & open.p && endsParagraph.has(name) && !(isQuirky && name === 'table')) return true;
    return name !== 'p' && name !== 'form' && Boolean(flags & (opens[name] ?? 0));
  };

  /** Would the parser put this element elsewhere? @param {Element} element @param {number} flags */
  const isMoved = (element, flags) => {
    const name = element.localName;
    const parent = element.parentElement?.localName ?? 'template';
    if (name === 'form' && flags & open.form) return true;
    if (only[name] && !has(only[name], parent)) return true;
    return Boolean(takes[parent]) && !has(takes[parent] ?? '', name);
  };

  /** What is open for the children of `element`. @param {Element} element @param {number} flags @param {boolean} isApart */
  inject.openBelow = (element, flags, isApart) => {
    const name = element.localName;
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return flags & ~inScope;
    const left = isApart || ends.has(name) ? flags & ~inScope : name === 'button' ? flags & ~open.p : flags;
    return left | (opens[name] ?? 0);
  };

  /**
   * How an element has to be written to be found again where it is: 'plain', 'apart' (in an element that keeps the
   * parser from closing what is open), 'moved' where nothing helps.
   * @param {Element} element @param {number} flags
   */
  inject.nestingOf = (element, flags) => {
    if (isMoved(element, flags)) return 'moved';
    return isClosing(element.localName, flags, element.ownerDocument.compatMode === 'BackCompat') ? 'apart' : 'plain';
  };

  // To every browser of today an unknown element like any other, to the parser one that nothing closes from inside.
  inject.apartStart = '<applet data-linkshot-apart style="display:contents!important">';
  inject.apartEnd = '</applet>';
})();
