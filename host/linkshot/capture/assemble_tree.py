"""The resources of one capture as the tree they form: addresses to names, sheets rewritten."""

from __future__ import annotations

import functools
import hashlib

from linkshot.capture.assemble_sources import Sources
from linkshot.capture.plan import CapturePlan, PlannedResource, bytes_of
from linkshot.page.charset import decode_css
from linkshot.page.css import rewrite_css
from linkshot.page.media import media_type_of, resource_name, sniff_media_type
from linkshot.page.urls import resolve, without_fragment
from linkshot.page.watched import look_beside, looked_at
from linkshot.store.records import BlobSource, Missing, ResourceRecord

_MAX_IMPORT_DEPTH = 64
# Sheets that import each other are written once for each way into the circle, up to this often.
_MAX_REWRITES_PER_SHEET = 4


class ResourceTree:
    """Answers the name of each address, rewriting style sheets as they are asked for."""

    def __init__(self, plan: CapturePlan, sources: Sources) -> None:
        """Index the plan's resources; sheets are rewritten when a document asks."""
        self.missing: list[Missing] = []
        self.is_markup_bounded = False
        self._sources = sources
        self._encoding = plan.documents[0].encoding or None
        self._by_url: dict[str, PlannedResource] = {}
        self._blobs: dict[str, BlobSource] = {}
        self._records: dict[str, ResourceRecord] = {}
        self._sheets: dict[str, str] = {}
        self._texts: dict[str, bytes] = {}
        self._open_sheets: list[str] = []
        self._cuts = 0
        self._rewrites = 0
        self._sheet_count = 0
        for resource in plan.resources:
            self._add(resource)
        self.watched = self._looked_at(plan)

    def name_of(self, url: str) -> str | None:
        """The name under which the resource at an absolute address is kept; None where it is not."""
        resource = self._by_url.get(url) or self._by_url.get(plain_address(url))
        if resource is None:
            return None
        if media_type_of(resource.media_type) == "text/css":
            return self._sheet(resource)
        return self._plain(resource)

    def keep(
        self, url: str, data: bytes, media_type: str, base: str | None = None
    ) -> ResourceRecord:
        """Keep made bytes (a rewritten document) and answer their record."""
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._blobs:
            self._blobs[sha256] = BlobSource(
                sha256=sha256, media_type=media_type, data=data, base_sha256=base
            )
        return ResourceRecord(
            name=resource_name(sha256, media_type),
            url=url,
            sha256=sha256,
            media_type=media_type,
            size=len(data),
        )

    def read(self, sha256: str) -> bytes:
        """The bytes of a document or sheet as they were sent; read once."""
        if sha256 not in self._texts:
            self._texts[sha256] = self._sources.read(sha256)
        return self._texts[sha256]

    def made(self, sha256: str) -> bytes:
        """The bytes that `keep` was given."""
        return bytes_of(self._blobs[sha256].data)

    def records(self) -> list[ResourceRecord]:
        """All resources, those that no document asked for among them."""
        for url in list(self._by_url):
            self.name_of(url)
        return list(self._records.values())

    def blobs(self) -> list[BlobSource]:
        """What the library may lack."""
        return list(self._blobs.values())

    def _looked_at(self, plan: CapturePlan) -> frozenset[str]:
        """The attributes that any sheet of the capture looks at, see `page.watched`."""
        hashes = {document.sha256 for document in plan.documents}
        hashes.update(r.sha256 for r in plan.resources if media_type_of(r.media_type) == "text/css")
        return frozenset().union(*(looked_at(self.read(sha256)) for sha256 in hashes))

    def _add(self, resource: PlannedResource) -> None:
        url = without_fragment(resource.url)
        self._by_url.setdefault(url, resource)
        self._by_url.setdefault(plain_address(url), resource)
        self._sheet_count += media_type_of(resource.media_type) == "text/css"
        sent = self._sources.sent(resource.sha256)
        if sent is not None and resource.sha256 not in self._blobs:
            self._blobs[resource.sha256] = BlobSource(
                sha256=resource.sha256,
                media_type=media_type_of(resource.media_type) or "application/octet-stream",
                data=sent,
            )

    def _plain(self, resource: PlannedResource) -> str:
        record = self._records.get(resource.url)
        if record is None:
            head = self._sources.head(resource.sha256)
            media_type = sniff_media_type(head, resource.media_type, resource.url)
            record = ResourceRecord(
                name=resource_name(resource.sha256, media_type),
                url=resource.url,
                sha256=resource.sha256,
                media_type=media_type,
                size=resource.size,
            )
            self._records[resource.url] = record
        return record.name

    def _sheet(self, resource: PlannedResource) -> str | None:
        """The name of a sheet as rewritten; None where it is being rewritten, a circle cut here."""
        url = resource.url
        name = self._sheets.get(url)
        if name is not None:
            return name
        if url in self._open_sheets or len(self._open_sheets) > _MAX_IMPORT_DEPTH:
            self._cuts += 1
            return None
        cuts_before = self._cuts
        self._open_sheets.append(url)
        record = self._rewritten(resource)
        self._open_sheets.pop()
        self._rewrites += 1
        is_whole = self._cuts == cuts_before or not self._open_sheets
        if is_whole or self._rewrites > self._sheet_count * _MAX_REWRITES_PER_SHEET:
            self._sheets[url] = record.name
        self._records[record.name] = record
        return record.name

    def _rewritten(self, resource: PlannedResource) -> ResourceRecord:
        raw = self.read(resource.sha256)
        text, _ = decode_css(raw, resource.media_type, self._encoding)
        # A sheet may name one picture a hundred thousand times.
        base_url = resource.base_url or resource.url
        replace = functools.cache(functools.partial(self._reference, base_url))
        rewritten = rewrite_css(text, replace)
        data = look_beside(rewritten, self.watched).encode("utf-8", "replace")
        return self.keep(resource.url, data, "text/css", resource.sha256)

    def _reference(self, base_url: str, reference: str) -> str | None:
        absolute = resolve(base_url, reference)
        if absolute is None:
            return None
        target, mark, fragment = absolute.partition("#")
        name = self.name_of(target)
        return name and name + mark + fragment


@functools.lru_cache(maxsize=4096)
def plain_address(url: str) -> str:
    """`url` in the spelling by which addresses are compared, whoever wrote it."""
    return (resolve("", url) or url).replace("%27", "'").replace("%5E", "^").replace("%7C", "|")
