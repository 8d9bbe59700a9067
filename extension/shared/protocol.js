// The wire's names, limits and codes, as host/PROTOCOL.md has them.

export const HOST_NAME = 'org.linkshot.host';
export const PROTOCOL = 1;

export const CHUNK_BYTES = 1024 * 1024;
export const WINDOW = 4;
export const FLIGHT_BYTES = 128 * 1024;
export const MAX_RESOURCES = 20_000;
export const MAX_DOCUMENTS = 2_000;
export const MAX_THUMBNAIL_BYTES = 512 * 1024;

export const ACTIONS = /** @type {const} */ ({
  hello: 'hello',
  linkStatus: 'link.status',
  tagComplete: 'tag.complete',
  tagSuggest: 'tag.suggest',
  search: 'search',
  linkTag: 'link.tag',
  captureBegin: 'capture.begin',
  blobWrite: 'blob.write',
  captureCommit: 'capture.commit',
  captureAbort: 'capture.abort',
  snapshotThumbnail: 'snapshot.thumbnail',
  captureLink: 'capture.link',
  captureResult: 'capture.result',
  viewerOpen: 'viewer.open',
});

export const EVENTS = /** @type {const} */ ({ captureWanted: 'capture.wanted' });

/** Codes of the extension's own; the host never sends them. */
export const EXTENSION_CODES = /** @type {const} */ ([
  'host_missing',
  'host_forbidden',
  'host_lost',
  'host_timeout',
  'page_not_capturable',
  'page_closed',
  'page_silent',
  'pdf_not_given',
  'site_access_needed',
  'file_access_needed',
  'outbox_full',
  'http_status',
  'host_not_resolved',
  'connection_failed',
  'fetch_timeout',
  'too_many_redirects',
  'page_is_file',
  'page_empty',
]);

/** Codes that the host may answer with; each is a class of host/linkshot/errors. */
export const HOST_CODES = /** @type {const} */ ([
  'url_invalid',
  'query_too_long',
  'note_too_long',
  'tag_empty',
  'tag_too_long',
  'tag_slash_at_end',
  'tag_invalid',
  'tag_name_taken',
  'tag_not_found',
  'link_not_found',
  'snapshot_not_found',
  'page_too_large',
  'page_not_capturable',
  'library_locked',
  'library_read_only',
  'library_newer',
  'not_a_library',
  'disk_full',
  'library_damaged',
  'blob_missing',
  'frame_invalid',
  'message_too_large',
  'message_invalid',
  'action_unknown',
  'protocol_mismatch',
  'upload_unknown',
  'upload_invalid',
  'internal',
  'window_failed',
  'webview_missing',
]);

/** Failures that go away by themselves: what they kept back waits in the outbox and is sent again. */
export const PASSING = new Set([
  'host_missing', 'host_forbidden', 'host_lost', 'host_timeout', 'library_locked', 'library_read_only', 'disk_full',
  'library_newer', 'library_damaged', 'not_a_library', 'blob_missing', 'internal', 'protocol_mismatch', 'frame_invalid',
]);

/**
 * A failure with a code of the wire; `message` is the host's own words where it sent some.
 */
export class HostError extends Error {
  /**
   * @param {string} code
   * @param {string} [message]
   * @param {Record<string, unknown>} [detail]
   */
  constructor(code, message = '', detail = {}) {
    super(message || code);
    this.name = 'HostError';
    this.code = code;
    this.text = message;
    this.detail = detail;
  }
}

/**
 * @typedef {{ url: string, reason: string }} Missing
 * @typedef {{ frame: string, url: string, base_url: string, sha256: string, size: number, media_type: string, encoding: string }} PlannedDocument
 * @typedef {{ url: string, base_url: string, sha256: string, size: number, media_type: string }} PlannedResource
 * @typedef {{ settle: number, serialise: number, gather: number, transfer: number, assemble: number }} Timings
 * @typedef {{
 *   capture_id: string, page_url: string, title: string, captured_at: string, via: 'tab',
 *   documents: PlannedDocument[], resources: PlannedResource[], missing: Missing[], warnings: string[],
 *   agent: string, status: number | null, fonts_declared: number, timings_ms: Timings, tags: string[], note: string,
 * }} CapturePlan
 * @typedef {{
 *   kept: number, missing: Missing[], frames: number, fonts: { kept: number, declared: number },
 *   bytes: { page: number, sent: number, stored: number }, timings_ms: Timings, warnings: string[],
 * }} Receipt
 * @typedef {{
 *   link_id: number, snapshot_id: number, url: string, title: string, captured_at: string, via: string,
 *   unchanged: boolean, tags: string[], receipt: Receipt,
 *   refused_tags?: { tag: string, error: { code: string, message: string } }[], renamed?: string[],
 * }} Saved
 * @typedef {{ link_id: number | null, snapshots: number, last_captured_at: string | null, tags: string[], starred: boolean }} LinkStatus
 * @typedef {{ protocol: number, host_version: string, library: string }} Hello
 * @typedef {{ path: string, links: number }} TagCount
 * @typedef {{ path: string, links: number, why: 'name' | 'site' | 'text' | 'together' | 'policy' | 'keyword' }} SuggestedTag
 * @typedef {{
 *   link_id: number, url: string, title: string, site: string, last_captured_at: string | null, tags: string[],
 *   snippet: string, has_all: boolean,
 * }} Hit
 * @typedef {{ total: number, most: number, waiting: number, read_as: string, hits: Hit[] }} Found
 */
