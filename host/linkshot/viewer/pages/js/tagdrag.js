/** Moves tags by dragging: onto another tag to stand below it, onto the heading to stand at the top. */

const KIND = 'application/x-linkshot-tag';

/** Dragging in the tree and onto its heading; `onMove(old, new)` is called for each move. */
export class TagDrag {
  constructor({ tree, head, onMove }) {
    this.head = head;
    this.onMove = onMove;
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
    const path = this.pathAt(place);
    this.mark(path ? place : null);
    if (path) event.preventDefault();
  }

  drop(event) {
    const path = this.pathAt(this.placeOf(event));
    this.mark(null);
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
