// The fetch by the page's own hand, where its policy allows it: what it refuses is told to the page and to its site.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.pageFetch) return;

  // An extension's world in Chromium is free of the page's policy; one in Firefox and a driver's are not.
  const isBound = CSS.supports('-moz-appearance', 'none') || !(/** @type {any} */ (globalThis).chrome?.runtime?.id);
  const toldMs = 100;
  /** Origins that the policy refused once: what follows would only be told to the page and its site. @type {Set<string>} */
  const refused = new Set();
  /** What was asked of an origin first. @type {Map<string, Promise<unknown>>} */
  const firsts = new Map();
  /** What is asked for now. @type {Set<string>} */
  const asked = new Set();

  /** The words of the directive that rules what script fetches; null where there is none. @param {string} policy */
  const sourcesIn = (policy) => {
    const found = /(?:^|;)\s*connect-src\s+([^;]*)/i.exec(policy) ?? /(?:^|;)\s*default-src\s+([^;]*)/i.exec(policy);
    return found && (found[1] ?? '').trim().split(/\s+/);
  };

  /** Does a policy in the markup say that script may not have this address? One of a header shows only when it is broken. @param {string} url */
  const isForbidden = (url) => {
    const policies = /** @type {NodeListOf<HTMLMetaElement>} */ (document.head?.querySelectorAll('meta[http-equiv="content-security-policy" i]') ?? []);
    const { origin, host, protocol } = new URL(url);
    const allowing = [protocol, ...(/^http/.test(protocol) ? ['*', origin, host, ...(origin === location.origin ? ["'self'"] : [])] : [])];
    return [...policies].some(({ content }) => sourcesIn(content)?.every((word) => !allowing.includes(word)));
  };

  /** @param {any} event */
  const onViolation = (event) => {
    if (!/connect-src/.test(event.effectiveDirective) || !asked.has(event.blockedURI)) return;
    refused.add(originOf(event.blockedURI));
    event.stopImmediatePropagation();
  };
  if (isBound) window.addEventListener('securitypolicyviolation', onViolation, true);

  /** A policy speaks of a blob: address as "blob". @param {string} url */
  const originOf = (url) => (/^(?:blob|data)\b/.exec(url)?.[0] ?? new URL(url).origin);

  /** The page's fetch; where its policy refuses, as little of that shows as can be. @param {string} url @param {RequestInit} [init] @returns {Promise<Response>} */
  const heededFetch = async (url, init) => {
    const origin = originOf(url);
    const first = firsts.get(origin);
    if (first) await inject.within(first, toldMs, null);
    if (refused.has(origin) || isForbidden(url)) throw new TypeError('refused');
    const names = [url, origin];
    names.forEach((name) => asked.add(name));
    const answer = fetch(url, init);
    // The violation is told a moment after the refusal.
    const told = answer.catch(() => inject.sleep(toldMs / 2)).then(() => names.forEach((name) => asked.delete(name)));
    if (!first) firsts.set(origin, told);
    return answer;
  };

  inject.pageFetch = isBound ? heededFetch : (/** @type {string} */ url, /** @type {RequestInit} */ init) => fetch(url, init);
})();
