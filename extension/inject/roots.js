// Shadow roots, open and closed, and which slot a child stands in when script assigned it.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.shadowRootOf) return;

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
   * @param {ShadowRoot} root @param {Map<Element, [string, string]>} renamed  element -> attribute, value
   */
  inject.nameManualSlots = (root, renamed) => {
    if (root.slotAssignment !== 'manual') return;
    root.querySelectorAll('slot').forEach((slot, index) => {
      const name = `linkshot-slot-${index}`;
      renamed.set(slot, ['name', name]);
      for (const child of slot.assignedElements()) renamed.set(child, ['slot', name]);
    });
  };
})();
