// Video and audio: the frame that is shown stays as the poster, short files stay playable.

(() => {
  const world = /** @type {any} */ (globalThis);
  const inject = (world.linkshotInject ??= {});
  if (inject.mediaAttributes) return;

  /** @param {any} video @param {any} use */
  const posterOf = (video, use) => {
    const poster = video.getAttribute('poster');
    const isUntouched = video.currentTime === 0 && video.paused;
    const canDraw = video.readyState >= 2 && video.videoWidth > 0;
    if (!canDraw || (poster && isUntouched)) return poster ? use.add(poster, 'image') : null;
    return use.made('video', () => inject.drawn(video, video.videoWidth, video.videoHeight));
  };

  /** @param {any} media @param {any} use */
  inject.mediaAttributes = (media, use) => {
    /** @type {Record<string, string | null>} */
    const set = { autoplay: null, crossorigin: null, src: null };
    const source = media.currentSrc || media.getAttribute('src');
    if (source && /^blob:/.test(source)) {
      use.missing.push({ url: source, reason: 'stream' });
    } else if (source) {
      set.src = use.add(source, 'media') || source;
    }
    if (media.localName === 'video') set.poster = posterOf(media, use);
    if (media.muted) set.muted = '';
    return set;
  };
})();
