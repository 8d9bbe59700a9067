"""What a receipt warns of: what the way in saw, and what the stored page looks like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linkshot.capture.assemble_tree import ResourceTree
from linkshot.capture.plan import STATUS_KEPT, CapturePlan
from linkshot.page.media import is_html_type
from linkshot.page.warnings import page_warnings
from linkshot.store.records import ResourceRecord

MARKUP_BOUNDED = "markup_bounded"


def receipt_warnings(
    plan: CapturePlan, documents: Iterable[ResourceRecord], tree: ResourceTree
) -> list[str]:
    """The words of the way in, then the page's own, each once; `documents` as stored, top first."""
    found = page_warnings(plan.title, _texts(documents, tree), status=plan.status)
    bounded = [MARKUP_BOUNDED] if tree.is_markup_bounded else []
    kept_error = [STATUS_KEPT] if (plan.status or 0) >= 400 else []
    return list(dict.fromkeys([*plan.warnings, *kept_error, *bounded, *found]))


def _texts(documents: Iterable[ResourceRecord], tree: ResourceTree) -> Iterator[str]:
    """The documents' HTML, up to the first that is none: a picture or a PDF says nothing here."""
    for document in documents:
        if not is_html_type(document.media_type):
            return
        yield tree.made(document.sha256).decode("utf-8", "replace")
