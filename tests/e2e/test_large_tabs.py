"""Pages far beyond the ordinary, kept from a tab: whole, or bounded with the reason told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from task_trace import longest_task_ms
from tests.conftest import Site
from tests.large_pages import FROZEN_MS, LOOP, LOOP_MS, css_page, pictures_page

from linkshot.store.library import Library
from linkshot.store.snapshots import find_resource, get_snapshot

pytestmark = pytest.mark.e2e

ROWS = 16_667
ELEMENTS = "".join(
    f'<div class="c"><a href="/x/{i}">link <b>{i}</b></a></div>' for i in range(ROWS)
)
FRAMES = "".join(f'<iframe srcdoc="<p>{i}</p>" width=20 height=20></iframe>' for i in range(500))
# A parser stops at 512; script goes on.
NESTED = """<body><script>
  let inner = document.body;
  for (let i = 0; i < 2000; i += 1) inner = inner.appendChild(document.createElement('em'));
  inner.textContent = 'x';
</script>"""


def test_pages_beyond_measure_are_kept_from_a_tab(
    start_browser: Callable[[], Any], site: Site, linkshot: Any, tmp_path: Path
) -> None:
    browser = start_browser()
    pages = {"elements": ELEMENTS, "frames": FRAMES, "nested": NESTED}
    for name, body in pages.items():
        url = site.put(f"/{name}", f"<!doctype html><title>{name}</title>{body}")
        popup = browser.open_popup(browser.open_tab(url))
        assert popup.wait_for("saved", "waiting", "failed", timeout_ms=240_000) == "saved"
    kept = {link["title"]: version_of(linkshot, link) for link in linkshot("list")}
    with Library.open(tmp_path / "library") as library:
        html = {name: document(library, version) for name, version in kept.items()}
    assert (html["elements"].count("<b>"), kept["frames"]["receipt"]["frames"]) == (ROWS, 500)
    assert html["nested"].count("<em>") == 2_000


@pytest.mark.parametrize(("page_of", "resources"), [(css_page, 19), (pictures_page, 75)])
def test_page_goes_on_while_much_is_kept_from_its_tab(
    chromium: Callable[[], Any],
    site: Site,
    linkshot: Any,
    page_of: Callable[[Site], str],
    resources: int,
) -> None:
    browser, url = chromium(), page_of(site)
    tab = browser.open_tab(url)

    def keep() -> None:
        popup = browser.open_popup(tab)
        assert popup.wait_for("saved", "waiting", "failed", timeout_ms=240_000) == "saved"

    [page] = [page for page in browser.context.pages if page.url == url]
    loop_ms = longest_task_ms(page, lambda: page.evaluate(LOOP))
    task_ms = longest_task_ms(page, keep)
    [link] = linkshot("list")
    receipt = version_of(linkshot, link)["receipt"]
    assert (receipt["kept"], receipt["missing"]) == (resources, [])
    assert task_ms / max(1.0, loop_ms / LOOP_MS) <= FROZEN_MS


def version_of(linkshot: Any, link: Any) -> Any:
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    return version


def document(library: Library, version: Any) -> str:
    snapshot = get_snapshot(library, version["snapshot_id"])
    resource = find_resource(library, version["snapshot_id"], snapshot.document)
    assert resource
    return library.blobs.read(resource.sha256).decode()
