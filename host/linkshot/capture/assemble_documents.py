"""The documents of one capture, rewritten from the innermost frames outwards."""

from __future__ import annotations

from linkshot.capture.assemble_tree import ResourceTree
from linkshot.capture.plan import CapturePlan, PlannedDocument
from linkshot.page.charset import decode_html
from linkshot.page.icons import default_icon, with_icon
from linkshot.page.markup_bounds import bound_markup
from linkshot.page.media import media_type_of
from linkshot.page.rewrite import rewrite_document
from linkshot.page.rewrite_xml import XML_TYPES, rewrite_xml
from linkshot.store.records import ResourceRecord


def rewrite_planned(plan: CapturePlan, tree: ResourceTree) -> dict[str, ResourceRecord]:
    """The record of each document by its frame key, the top one ("") first."""
    names: dict[str, str] = {}
    records: dict[str, ResourceRecord] = {}
    for document in sorted(plan.documents, key=_depth, reverse=True):
        record = _rewrite(document, tree, names)
        names[document.frame] = record.name
        records[document.frame] = record
    if "" not in records:
        # A plan's first document is its top one, whatever its key says.
        records[""] = records[plan.documents[0].frame]
    return {"": records.pop("")} | records


def _depth(document: PlannedDocument) -> int:
    return document.frame.count(".") + 1 if document.frame else 0


def _rewrite(
    document: PlannedDocument, tree: ResourceTree, names: dict[str, str]
) -> ResourceRecord:
    media_type = media_type_of(document.media_type) or "text/html"
    watched = tree.watched
    raw = tree.read(document.sha256)
    if media_type == "text/html":
        html = _with_default_icon(_text(raw), document, tree)
        bounded = bound_markup(html)
        tree.is_markup_bounded |= bounded != html
        text = rewrite_document(bounded, document.base_url, tree.name_of, names, watched)
    elif media_type in XML_TYPES:
        text = rewrite_xml(_text(raw), document.base_url, tree.name_of, names, watched)
    elif media_type.startswith("text/"):
        text = decode_html(raw, document.media_type)[0]
    else:
        return tree.keep(document.url, raw, media_type)
    return tree.keep(document.url, text.encode("utf-8", "replace"), media_type)


def _with_default_icon(html: str, document: PlannedDocument, tree: ResourceTree) -> str:
    """Browsers ask for it for the top document alone."""
    icon = None if document.frame else default_icon(html, document.url)
    return with_icon(html, icon) if icon and tree.name_of(icon) else html


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
