"""What a snapshot is called: the page's own title, else what it calls itself in its text, else its address."""

from __future__ import annotations

from urllib.parse import unquote

from linkshot.capture.assemble_tree import ResourceTree
from linkshot.capture.plan import CapturePlan
from linkshot.page.media import is_html_type
from linkshot.store.records import ResourceRecord

# Somebody waits for the receipt; a larger page is read when it is kept.
_MOST_READ_BYTES = 500_000


def snapshot_title(plan: CapturePlan, top: ResourceRecord, tree: ResourceTree) -> str:
    """In one line, never empty; `top` is the page's document as stored."""
    return " ".join(plan.title.split()) or _said_title(plan, top, tree) or _name_in(plan.page_url)


def _said_title(plan: CapturePlan, top: ResourceRecord, tree: ResourceTree) -> str:
    """Many authorities leave `<title>` empty and put the title into a table or a heading."""
    if not is_html_type(top.media_type) or top.size > _MOST_READ_BYTES:
        return ""
    # Imported here: nearly every page has a title, and a fresh host answers sooner without it.
    from linkshot.page.article import read_page

    return read_page(tree.made(top.sha256).decode("utf-8", "replace"), plan.page_url).title


def _name_in(page_url: str) -> str:
    address = page_url.partition("#")[0].partition("?")[0].rstrip("/")
    return unquote(address.rpartition("/")[2]) or page_url
