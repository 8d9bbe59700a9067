// Where things stand: keys of frames, shadow roots and their slots, nesting that a parser would undo.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.frameKey) return;

  /** @param {any} parent @param {any} child */
  const indexIn = (parent, child) => {
    for (let i = 0; i < parent.length; i += 1) if (parent[i] === child) return i;
    return -1;
  };

  /**
   * Firefox's own number of the frame that a window or element has, undefined in other browsers.
   * @param {any} holder @returns {number | undefined}
   */
  inject.frameIdOf = (holder) => {
    const id = /** @type {any} */ (globalThis).browser?.runtime?.getFrameId?.(holder);
    return id >= 0 ? id : undefined;
  };

  /**
   * The key of `frame` (a window): its indices from the top down; "?" for a part that only the parent can know. Firefox counts
   * otherwise for a window of another origin, so there it is the number that the parent gets by the frame's element.
   * @param {any} frame
   */
  inject.frameKey = (frame) => {
    const id = frame === frame.parent ? undefined : inject.frameIdOf(frame);
    if (id !== undefined) return `?${id}`;
    const path = [];
    let current = frame;
    while (current !== current.parent) {
      const index = indexIn(current.parent, current);
      path.unshift(index < 0 ? '?' : String(index));
      if (index < 0) break;
      current = current.parent;
    }
    return path.join('.');
  };

  /** Is there a parent that reaches into this frame, and therefore serialises it? */
  inject.isReachedByParent = () => {
    try {
      return window !== window.parent && window.frameElement !== null;
    } catch {
      return false; // another origin
    }
  };

  /** An <embed> has no property for its window, only the window for it. @param {Element} embed */
  const embeddedIn = (embed) => {
    const view = /** @type {any} */ (embed.ownerDocument.defaultView);
    for (let i = 0; i < (view?.length ?? 0); i += 1) {
      try {
        if (view[i].frameElement === embed) return view[i];
      } catch {
        continue; // another origin
      }
    }
    return null;
  };

  /** @param {any} element */
  const windowIn = (element) => {
    try {
      return element.localName === 'embed' ? embeddedIn(element) : (element.contentWindow ?? null);
    } catch {
      return null; // Firefox refuses for some plug-in elements
    }
  };

  /** The document inside a frame's element, where script may reach it. @param {any} element @returns {Document | null} */
  inject.documentIn = (element) => {
    try {
      return element.contentDocument ?? windowIn(element)?.document ?? null;
    } catch {
      return null; // another origin
    }
  };

  /**
   * Numbers the frames of one document: `keyFor(element, inShadow)` answers the child's key, or '' where
   * the element holds no frame.
   * @param {Document} doc @param {string} ownKey
   */
  inject.createFrameKeys = (doc, ownKey) => {
    const view = /** @type {any} */ (doc.defaultView);
    const indices = new Map();
    for (let i = 0; i < (view?.length ?? 0); i += 1) indices.set(view[i], i);
    let shadowFrames = 0;
    const prefix = ownKey === '' ? '' : `${ownKey}.`;
    /** @param {Element} element */
    return (element) => {
      const child = windowIn(element);
      if (!child) return '';
      const index = indices.get(child);
      if (index !== undefined) return `${prefix}${index}`;
      shadowFrames += 1;
      return `${prefix}s${shadowFrames - 1}`;
    };
  };

  const hosts = new Set(
    'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '),
  );
  /** @type {WeakMap<Element, ShadowRoot>} */
  const given = new WeakMap();

  /** A driver that knows what stands in a closed root (through the debugging protocol) hands over a node of it. @param {Node} node */
  inject.giveRoot = (node) => {
    const root = /** @type {any} */ (node.getRootNode());
    if (root.host) given.set(root.host, root);
  };

  /** @param {Element} element @returns {ShadowRoot | null} */
  const closedRootOf = (element) => {
    const api = /** @type {any} */ (globalThis).chrome?.dom ?? /** @type {any} */ (globalThis).browser?.dom;
    if (api?.openOrClosedShadowRoot) {
      try {
        return api.openOrClosedShadowRoot(element);
      } catch {
        return null; // not an HTML element in the eyes of the API
      }
    }
    return /** @type {any} */ (element).openOrClosedShadowRoot ?? null;
  };

  /** @param {Element} element @returns {ShadowRoot | null} */
  inject.shadowRootOf = (element) => {
    if (element.shadowRoot) return element.shadowRoot;
    const name = element.localName;
    if (!hosts.has(name) && !name.includes('-')) return null;
    return given.get(element) ?? closedRootOf(element);
  };

  /** The attributes of the template that declares this root. @param {ShadowRoot} root */
  inject.shadowAttributes = (root) => {
    const flags = [`shadowrootmode="${root.mode}"`];
    if (root.delegatesFocus) flags.push('shadowrootdelegatesfocus');
    if (/** @type {any} */ (root).clonable) flags.push('shadowrootclonable');
    if (/** @type {any} */ (root).serializable) flags.push('shadowrootserializable');
    return flags.join(' ');
  };

  /**
   * Slots filled by script have no names; give them some, so that parsing fills them alike.
   * @param {ShadowRoot} root @param {Map<Node, [string, string]>} renamed  element or text -> attribute, value
   */
  inject.nameManualSlots = (root, renamed) => {
    if (root.slotAssignment !== 'manual') return;
    root.querySelectorAll('slot').forEach((slot, index) => {
      const name = `linkshot-slot-${index}`;
      renamed.set(slot, ['name', name]);
      for (const child of slot.assignedNodes()) renamed.set(child, ['slot', name]);
    });
  };

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

  /**
   * The names in force below an element, prefix to namespace, and the declarations that it lacks in XML.
   * @param {Element} element @param {Record<string, string>} outer
   */
  inject.namespacesOf = (element, outer) => {
    const names = { ...outer };
    /** @type {Record<string, string>} */
    const set = {};
    for (const { name, value } of element.attributes) {
      if (name === 'xmlns') names[''] = value;
      else if (name.startsWith('xmlns:')) names[name.slice(6)] = value;
    }
    const prefixed = [...element.attributes].filter(({ prefix }) => prefix && !/^xml(?:ns)?$/.test(prefix));
    for (const { prefix, namespaceURI } of [element, ...prefixed]) {
      const [key, wanted] = [prefix ?? '', namespaceURI ?? ''];
      if ((names[key] ?? '') === wanted) continue;
      names[key] = wanted;
      set[key ? `xmlns:${key}` : 'xmlns'] = wanted;
    }
    return { names, set };
  };

  // To every browser of today an unknown element like any other, to the parser one that nothing closes from inside.
  inject.apartStart = '<applet data-linkshot-apart style="display:contents!important">';
  inject.apartEnd = '</applet>';
})();
