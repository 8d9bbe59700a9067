// A small picture of the page as it was in front, after it is saved.

import { browser } from '../shared/browser.js';
import { ACTIONS, MAX_THUMBNAIL_BYTES } from '../shared/protocol.js';
import { toBase64 } from './base64.js';
import { askHost } from './host.js';
import { pictureOf } from './tabs.js';

const WIDTH = 320;
const WANTED_TYPE = 'image/webp';
const QUALITY = 0.6;

/**
 * Send a thumbnail if the tab is in front and still shows the page; a page without one is no failure.
 * @param {number} tabId
 * @param {string} url
 * @param {number} snapshotId
 */
export async function keepThumbnail(tabId, url, snapshotId) {
  try {
    const tab = await browser.tabs.get(tabId);
    if (tab.url !== url) return;
    const shot = await pictureOf(tabId, { format: 'jpeg', quality: 80 });
    if (!shot) return;
    const after = await browser.tabs.get(tabId);
    if (!after.active || after.url !== url) return;
    const small = await scaled(await (await fetch(shot)).blob());
    if (small.size > MAX_THUMBNAIL_BYTES) return;
    const data = toBase64(new Uint8Array(await small.arrayBuffer()));
    await askHost(ACTIONS.snapshotThumbnail, { snapshot_id: snapshotId, media_type: small.type, data });
  } catch {
    // the tab was closed, the window is hidden or the host went: the library shows the link without a picture
  }
}

/** @param {Blob} shot */
async function scaled(shot) {
  const picture = await createImageBitmap(shot);
  const height = Math.max(1, Math.round((picture.height * WIDTH) / picture.width));
  const canvas = new OffscreenCanvas(WIDTH, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, WIDTH, height);
  picture.close();
  return canvas.convertToBlob({ type: WANTED_TYPE, quality: QUALITY });
}
