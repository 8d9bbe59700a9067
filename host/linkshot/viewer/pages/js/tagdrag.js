/** Dragging: a tag onto another stands below it, onto the heading at the top; links onto a tag get it. */

import { parentOf } from './tagtree.js';

const KIND = 'application/x-linkshot-tag';
const LINKS = 'application/x-linkshot-links';

/** Lets rows of the list be dragged, but for those in the trash; `idsOf(row)` are the links that go along. */
export function dragLinks(rows, idsOf) {
  rows.addEventListener('dragstart', (event) => {
    const row = event.target.closest('.row');
    if (row?.item === undefined) return;
    if (row.item.trashed_at) {
      event.preventDefault();
      return;
    }
    event.dataTransfer.setData(LINKS, JSON.stringify(idsOf(row)));
    event.dataTransfer.effectAllowed = 'copy';
  });
}

/** Dragging in the tree and onto its heading; `onMove(paths, under)` for tags, of which `along(path)` are dragged with one, `onGive(tag, linkIds)` for links. */
export class TagDrag {
  constructor({ tree, head, along, onMove, onGive }) {
    this.head = head;
    this.along = along;
    this.onMove = onMove;
    this.onGive = onGive;
    this.dragged = [];
    this.marked = null;
    tree.addEventListener('dragstart', (event) => this.begin(event));
    tree.addEventListener('dragend', () => { this.dragged = []; this.mark(null); });
    for (const part of [tree, head]) {
      part.addEventListener('dragover', (event) => this.over(event));
      part.addEventListener('dragleave', (event) => { if (!part.contains(event.relatedTarget)) this.mark(null); });
      part.addEventListener('drop', (event) => this.drop(event));
    }
  }

  begin(event) {
    const path = event.target.closest('.tag-node')?.dataset.tag;
    this.dragged = path === undefined ? [] : outermost(this.along(path));
    event.dataTransfer.setData(KIND, this.dragged.join('\n'));
    event.dataTransfer.effectAllowed = 'move';
  }

  over(event) {
    const place = this.placeOf(event);
    const fits = hasLinks(event) ? place?.dataset.tag !== undefined : this.takes(place);
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
    if (!this.takes(place)) return;
    event.preventDefault();
    this.onMove(this.dragged, this.parentAt(place));
  }

  placeOf(event) {
    return event.target.closest('.tag-node') ?? (this.head.contains(event.target) ? this.head : null);
  }

  /** The tag below which a drop here puts them, empty for the top. */
  parentAt(place) {
    return place === this.head ? '' : place.dataset.tag;
  }

  /** Whether a drop here changes something: none of the dragged can stand below itself. */
  takes(place) {
    if (place === null) return false;
    const under = this.parentAt(place);
    return this.dragged.some((path) => parentOf(path) !== under) && !this.dragged.some((path) => `${under}/`.startsWith(`${path}/`));
  }

  mark(place) {
    if (this.marked === place) return;
    if (this.marked) delete this.marked.dataset.state;
    this.marked = place;
    if (place) place.dataset.state = 'target';
  }
}

/** Those that stand below none of the others, which take them along. */
function outermost(paths) {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}

function hasLinks(event) {
  return event.dataTransfer.types.includes(LINKS);
}
