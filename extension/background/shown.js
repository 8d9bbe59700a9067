// What no script can read and the screen shows: a canvas that forgot its drawing, a frame with the browser's own page in it. A picture
// of the tab, cut to its place, stands for it.

import { toBase64 } from './base64.js';
import { pictureOf } from './tabs.js';

/** @import { Box, Foreign, Place } from './asking.js' */
/** @import { Frame, TabAnswer } from './frames.js' */
/** @typedef {{ shows: boolean, picture: { mediaType: string, data: string, dataLength: number } }} Cut */

const MEDIA_TYPE = 'image/png';
/** Above this two colours are not the same: the screen's profile may move one by a little. */
const SAME_COLOR = 8;

/**
 * The answer with pictures of what could not be read. What the screen shows only in part, or not at all, is told.
 * @param {number} tabId
 * @param {TabAnswer} answer
 * @param {Foreign[]} silent frames that gave no answer
 * @returns {Promise<TabAnswer>}
 */
export async function withWhatShows(tabId, answer, silent) {
  const isWanted = silent.some(({ place }) => place) || answer.frames.some(({ onScreen }) => onScreen.length);
  if (!isWanted) return answer;
  const shot = await shotOf(tabId);
  for (const frame of answer.frames) await fillIn(shot, frame);
  const pictures = shot ? await Promise.all(silent.map((frame) => pictureFrame(shot, frame))) : [];
  shot?.close();
  return { ...answer, frames: [...answer.frames, ...pictures.flat()] };
}

/** The frame's canvases, as far as the screen shows them. @param {ImageBitmap | null} shot @param {Frame} frame */
async function fillIn(shot, frame) {
  for (const { url, ...place } of frame.onScreen) {
    const cut = shot && (await cutOut(shot, place));
    if (!cut || (cut.shows && !isWhole(place))) frame.missing.push({ url, reason: 'off_screen' });
    if (cut?.shows) frame.inline = frame.inline.map((entry) => (entry.url === url ? { url, ...cut.picture } : entry));
  }
}

/** The tab as it shows now; null where it is not in front or may not be seen. @param {number} tabId */
async function shotOf(tabId) {
  try {
    const shot = await pictureOf(tabId, { format: 'png' });
    return shot === null ? null : await createImageBitmap(await (await fetch(shot)).blob());
  } catch {
    // a window that is hidden, or a site to which access was not given: the caller says what is missing
    return null;
  }
}

/** @param {Place} place */
function isWhole({ box, part }) {
  return box.width - part.width < 1 && box.height - part.height < 1;
}

/** The place's box as the screen shows it, and whether that is more than the colour behind it. @param {ImageBitmap} shot @param {Place} place @returns {Promise<Cut>} */
async function cutOut(shot, { box, part, backdrop, screenWidth }) {
  const scale = shot.width / screenWidth;
  const drawing = drawingOf(part, scale);
  const { width, height } = drawing.canvas;
  drawing.fillStyle = backdrop;
  drawing.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = drawing.getImageData(0, 0, 1, 1).data;
  drawing.drawImage(shot, -Math.round(part.left * scale), -Math.round(part.top * scale));
  const shows = differs(drawing.getImageData(0, 0, width, height).data, [red, green, blue]);
  const whole = drawingOf(box, scale);
  whole.drawImage(drawing.canvas, Math.round((part.left - box.left) * scale), Math.round((part.top - box.top) * scale));
  const blob = await whole.canvas.convertToBlob({ type: MEDIA_TYPE });
  const data = toBase64(new Uint8Array(await blob.arrayBuffer()));
  return { shows, picture: { mediaType: MEDIA_TYPE, data, dataLength: data.length } };
}

/** @param {Box} box @param {number} scale */
function drawingOf({ width, height }, scale) {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  return /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
}

/** @param {Uint8ClampedArray} pixels @param {number[]} color */
function differs(pixels, color) {
  for (let at = 0; at < pixels.length; at += 4) {
    if (color.some((value, channel) => Math.abs(value - (pixels[at + channel] ?? 0)) > SAME_COLOR)) return true;
  }
  return false;
}

/** A document that is a picture of what a frame shows; none where that is nothing. @param {ImageBitmap} shot @param {Foreign} frame @returns {Promise<Frame[]>} */
async function pictureFrame(shot, { key, url, place }) {
  const cut = place && (await cutOut(shot, place));
  if (!cut?.shows) return [];
  const picture = { url: `linkshot:frame/${key}`, ...cut.picture };
  const html = `<!DOCTYPE html><style>body{margin:0}img{display:block;width:100vw;height:100vh}</style><img src="${picture.url}" alt="">`;
  const known = { frame: key, frameId: 0, url, baseUrl: url, title: '', mediaType: 'text/html', fontsDeclared: 0 };
  const none = { resources: [], missing: [], used: [], faces: [], warnings: [], onScreen: [] };
  return [{ ...known, ...none, html, htmlLength: html.length, inline: [picture] }];
}
