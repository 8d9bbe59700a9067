/** The frame that shows a snapshot: sandboxed, of another origin, and never anywhere else. */

import { el } from './dom.js';

/**
 * A frame with the snapshot in it. `onStrayed` is called when something took the frame elsewhere: the
 * window's policy has refused the place by then, and the copy is shown again.
 */
export function snapshotFrame(snapshotRoot, snapshotId, title, onStrayed) {
  const holder = el('div', { class: 'frame' });
  const address = `${snapshotRoot}/s/${snapshotId}/`;

  const show = () => {
    let loads = 0;
    const frame = el('iframe', { title, referrerpolicy: 'no-referrer' });
    frame.setAttribute('sandbox', '');
    frame.setAttribute('src', address);
    frame.addEventListener('load', () => {
      loads += 1;
      holder.dataset.state = 'shown';
      if (loads === 1) return;
      show();
      onStrayed();
    });
    holder.replaceChildren(frame);
  };

  show();
  return holder;
}
