/** Dragging: a tag onto another stands below it, onto the heading at the top; links onto a tag get it. */

const KIND = 'application/x-linkshot-tag';
const LINKS = 'application/x-linkshot-links';

/** Lets rows of the list be dragged; `idsOf(row)` are the links that go along. */
export function dragLinks(rows, idsOf) {
  rows.addEventListener('dragstart', (event) => {
    const row = event.target.closest('.row');
    if (row?.item === undefined) return;
    event.dataTransfer.setData(LINKS, JSON.stringify(idsOf(row)));
    event.dataTransfer.effectAllowed = 'copy';
  });
}

/** Dragging in the tree and onto its heading; `onMove(old, new)` for a tag, `onGive(tag, linkIds)` for links. */
export class TagDrag {
  constructor({ tree, head, onMove, onGive }) {
    this.head = head;
    this.onMove = onMove;
    this.onGive = onGive;
    this.dragged = '';
    this.marked = null;
    tree.addEventListener('dragstart', (event) => this.begin(event));
    tree.addEventListener('dragend', () => { this.dragged = ''; this.mark(null); });
    for (const part of [tree, head]) {
      part.addEventListener('dragover', (event) => this.over(event));
      part.addEventListener('dragleave', (event) => { if (!part.contains(event.relatedTarget)) this.mark(null); });
      part.addEventListener('drop', (event) => this.drop(event));
    }
  }

  begin(event) {
    this.dragged = event.target.closest('.tag-node')?.dataset.tag ?? '';
    event.dataTransfer.setData(KIND, this.dragged);
    event.dataTransfer.effectAllowed = 'move';
  }

  over(event) {
    const place = this.placeOf(event);
    const fits = hasLinks(event) ? place?.dataset.tag !== undefined : this.pathAt(place) !== '';
    this.mark(fits ? place : null);
    if (fits) event.preventDefault();
  }

  drop(event) {
    const place = this.placeOf(event);
    this.mark(null);
    if (hasLinks(event) && place?.dataset.tag !== undefined) {
      event.preventDefault();
      this.onGive(place.dataset.tag, JSON.parse(event.dataTransfer.getData(LINKS)));
      return;
    }
    const path = this.pathAt(place);
    if (!path) return;
    event.preventDefault();
    this.onMove(this.dragged, path);
  }

  placeOf(event) {
    return event.target.closest('.tag-node') ?? (this.head.contains(event.target) ? this.head : null);
  }

  /** The path that a drop here gives; empty where it would change nothing. */
  pathAt(place) {
    const parent = place === this.head ? '' : place?.dataset.tag ?? null;
    if (!this.dragged || parent === null) return '';
    const name = this.dragged.slice(this.dragged.lastIndexOf('/') + 1);
    const path = parent ? `${parent}/${name}` : name;
    return path === this.dragged || `${parent}/`.startsWith(`${this.dragged}/`) ? '' : path;
  }

  mark(place) {
    if (this.marked === place) return;
    if (this.marked) delete this.marked.dataset.state;
    this.marked = place;
    if (place) place.dataset.state = 'target';
  }
}

function hasLinks(event) {
  return event.dataTransfer.types.includes(LINKS);
}
