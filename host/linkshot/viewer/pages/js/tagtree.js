/** Tags as a tree: what stands below what, in which order, and what is in sight. */

/** @typedef {{ path: string, links: number, links_below: number, color: string | null, aliases: string[] }} Tag */
/** @typedef {{ tag: Tag, name: string, depth: number, hasChildren: boolean }} Row */

/**
 * All tags from the library's answer, which names no column twice: rows of tags by name, and pairs of a tag's path and an alias.
 * @param {{ tags: [string, number, number, string | null][], aliases: [string, string][] }} answer
 * @returns {Tag[]}
 */
export function tagsOf({ tags, aliases }) {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const [path, alias] of aliases) names.set(path, [...(names.get(path) ?? []), alias]);
  return tags.map(([path, links, linksBelow, color]) => ({ path, links, links_below: linksBelow, color, aliases: names.get(path) ?? [] }));
}

/** The paths above a tag, outermost first. @param {string} path */
export function ancestors(path) {
  const steps = path.split('/');
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('/'));
}

/** The path above a tag, empty for one at the top. @param {string} path */
export function parentOf(path) {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The tag's own name. @param {string} path */
export function nameOf(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The tags in sight, each with its name, depth and whether something stands below it.
 * `tags` come by name; `order` is "name" or "count"; `open` holds the paths whose lower tags show.
 * @param {Tag[]} tags @param {string} order @param {Set<string>} open
 */
export function treeRows(tags, order, open) {
  /** @type {Map<string, Tag[]>} */
  const children = new Map();
  for (const tag of tags) {
    const parent = parentOf(tag.path);
    const siblings = children.get(parent);
    if (siblings) siblings.push(tag);
    else children.set(parent, [tag]);
  }
  /** @type {Row[]} */
  const rows = [];
  const add = (/** @type {string} */ parent, /** @type {number} */ depth) => {
    for (const tag of sorted(children.get(parent) ?? [], order)) {
      rows.push({ tag, name: nameOf(tag.path), depth, hasChildren: children.has(tag.path) });
      if (open.has(tag.path)) add(tag.path, depth + 1);
    }
  };
  add('', 0);
  return rows;
}

/**
 * The tags whose path or other names hold the text, or that are among `also` or below one of them, as a flat list.
 * @param {Tag[]} tags @param {string} order @param {string} text @param {Set<string>} also
 */
export function matchingRows(tags, order, text, also = new Set()) {
  const holds = (/** @type {string} */ name) => plain(name).includes(text);
  return sorted(tags.filter(({ path, aliases }) => holds(path) || aliases.some(holds) || [path, ...ancestors(path)].some((one) => also.has(one))), order)
    .map((tag) => ({ tag, name: tag.path, depth: 0, hasChildren: false }));
}

/** A name without case and width. @param {string} name */
export function plain(name) {
  return name.normalize('NFKC').toLowerCase();
}

/** Where a path is after a tag was moved. @param {string} path @param {string} old @param {string} target */
export function movedPath(path, old, target) {
  return path === old || path.startsWith(`${old}/`) ? target + path.slice(old.length) : path;
}

/** @param {Tag[]} tags @param {string} order */
function sorted(tags, order) {
  return order === 'count' ? tags.slice().sort((one, other) => other.links_below - one.links_below) : tags;
}
