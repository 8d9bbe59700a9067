/** A search snippet as nodes: what stands between U+0002 and U+0003 is marked, all of it is text. */

/** The nodes of a snippet. */
export function snippetNodes(snippet) {
  const nodes = [];
  for (const [position, part] of snippet.split('\u0002').entries()) {
    const cut = position === 0 ? -1 : part.indexOf('\u0003');
    if (cut >= 0) nodes.push(marked(part.slice(0, cut)));
    nodes.push(document.createTextNode(part.slice(cut + 1).replaceAll('\u0003', '')));
  }
  return nodes;
}

function marked(text) {
  const mark = document.createElement('mark');
  mark.textContent = text;
  return mark;
}
