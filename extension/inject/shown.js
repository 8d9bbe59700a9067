// What only the screen shows: where it shows an element that cannot be read, so that a picture of the tab can be cut to it.
//# allFunctionsCalledOnLoad

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.placeOnScreen) return;

  /** @typedef {{left: number, top: number, width: number, height: number}} Box */

  /** Where an element is looked for in the part of it that is on the screen, across and down. */
  const looks = [0.01, 0.25, 0.5, 0.75, 0.99];
  /** Of these, controls may cover some: they are drawn over the picture again. */
  const firstAtLeast = 0.6;

  /** What the element's box holds, without border and padding. @param {Element} element @param {CSSStyleDeclaration} style */
  const contentBox = (element, style) => {
    const { left, top } = element.getBoundingClientRect();
    const [paddingLeft, paddingTop] = [parseFloat(style.paddingLeft), parseFloat(style.paddingTop)];
    return {
      left: left + element.clientLeft + paddingLeft,
      top: top + element.clientTop + paddingTop,
      width: element.clientWidth - paddingLeft - parseFloat(style.paddingRight),
      height: element.clientHeight - paddingTop - parseFloat(style.paddingBottom),
    };
  };

  const plain = { opacity: '1', filter: 'none', transform: 'none', mixBlendMode: 'normal', backgroundImage: 'none' };

  /** The one colour behind the element; '' where there is more behind it, or it is not shown as it is drawn. @param {Element} element */
  const backdropOf = (element) => {
    let color = '';
    for (let one = /** @type {Element | null} */ (element); one; one = one.parentElement) {
      const style = /** @type {any} */ (getComputedStyle(one));
      if (Object.entries(plain).some(([name, value]) => style[name] !== value)) return '';
      const isClear = style.backgroundColor === 'rgba(0, 0, 0, 0)';
      if (!color && !isClear) color = style.backgroundColor;
    }
    return /\/|^rgba/.test(color) ? '' : color || 'white';
  };

  const textsAtMost = 200;

  /** Does the element have text of its own in this part of the screen? @param {Element} element @param {Box} part */
  const hasTextIn = (element, { left, top, width, height }) => {
    const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
    const range = document.createRange();
    return texts.slice(0, textsAtMost).some((text) => {
      range.selectNodeContents(text);
      const isIn = (/** @type {DOMRect} */ rect) => rect.right > left && rect.left < left + width && rect.bottom > top && rect.top < top + height;
      return [...range.getClientRects()].some(isIn);
    });
  };

  const drawn = 'img,svg,video,canvas,iframe,object,embed,input,button,select,textarea,progress,meter';

  /** An element that draws nothing but its text. @param {Element} element */
  const isBare = (element) => {
    const { backgroundImage, backgroundColor } = getComputedStyle(element);
    return backgroundImage === 'none' && backgroundColor === 'rgba(0, 0, 0, 0)' && !element.closest(drawn);
  };

  /** Is the element in front, for the most part, with nothing to be seen behind it but what it stands in? @param {Element} element @param {Box} part */
  const isInFront = (element, part) => {
    const { left, top, width, height } = part;
    const points = looks.flatMap((x) => looks.map((y) => document.elementsFromPoint(Math.floor(left + x * width), Math.floor(top + y * height))));
    if (!points.every((found) => found.includes(element))) return false;
    const behind = new Set(points.flatMap((found) => found.slice(found.indexOf(element) + 1)));
    const isClear = [...behind].every((one) => (one.contains(element) || isBare(one)) && !hasTextIn(one, part));
    return isClear && points.filter(([first]) => first === element).length >= firstAtLeast * points.length;
  };

  /**
   * Where the screen shows the element, in CSS pixels: its box, the part of it that is seen, and the colour behind it. Null where a picture of
   * the tab would show something else.
   * @param {Element} element
   */
  inject.placeOnScreen = (element) => {
    const isTop = window === window.parent && element.getRootNode() === document;
    if (!isTop || document.hidden || window.visualViewport?.scale !== 1) return null;
    const box = contentBox(element, getComputedStyle(element));
    const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
    const { clientWidth, clientHeight } = /** @type {Element} */ (document.scrollingElement);
    const width = Math.min(clientWidth, box.left + box.width) - left;
    const height = Math.min(clientHeight, box.top + box.height) - top;
    const part = { left, top, width, height };
    if (width < 8 || height < 8 || !isInFront(element, part)) return null;
    const backdrop = backdropOf(element);
    return backdrop ? { box, part, backdrop, screenWidth: window.innerWidth } : null;
  };

  /** A canvas as PNG, whose bytes are the same wherever its pixels are. @param {HTMLCanvasElement} canvas */
  const pixels = async (canvas) => inject.base64OfBlob(await inject.encoded(canvas));

  /** @param {HTMLCanvasElement} canvas @param {boolean} alpha @returns {Promise<string>} */
  const nothingDrawn = ({ width, height }, alpha) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d', { alpha });
    return pixels(canvas);
  };

  /**
   * Where the screen shows a canvas that reads as if nothing had been drawn, as WebGL forgets a drawing once it is shown; null where
   * it reads otherwise or cannot be told from what it stands on.
   * @param {HTMLCanvasElement} canvas @param {Blob} read
   */
  inject.unreadPlace = async (canvas, read) => {
    if (read.size > 2_000 + (canvas.width * canvas.height) / 100) return null;
    const place = inject.placeOnScreen(canvas);
    if (!place) return null;
    const text = await pixels(canvas);
    return text === (await nothingDrawn(canvas, true)) || text === (await nothingDrawn(canvas, false)) ? place : null;
  };
})();
