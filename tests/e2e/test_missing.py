"""What a page uses and a site does not give, or cannot: the receipt says so with the reason."""

from __future__ import annotations

import socket

import pytest

pytestmark = pytest.mark.e2e

# A film that script feeds, and a picture whose bytes have been let go of before it was shown.
MADE_BY_SCRIPT = """<video></video><p>text</p><script>
  document.querySelector('video').src = URL.createObjectURL(new MediaSource());
  const gone = URL.createObjectURL(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' }));
  URL.revokeObjectURL(gone);
  document.querySelector('p').style.backgroundImage = `url(${gone})`;
</script>"""


@pytest.fixture
def closed_port():
    """A port of this machine that is taken and at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.waits
def test_reason_is_told_for_all_that_is_missing(
    start_browser, site, guarded, closed_port, linkshot
):
    browser = start_browser()
    expected = {
        f"{guarded.url}/never": "timeout",
        f"{guarded.url}/endless.png": "timeout",
        f"http://127.0.0.1:{closed_port}/a.png": "failed",
        f"{site.url}/gone.png": "404",
        f"{guarded.url}/referer.png": "403",
        "file:///nowhere/a.png": "refused",
    }
    pictures = "".join(f"<img src={url}>" for url in expected)
    url = site.put("/a", f"<!doctype html><title>A</title>{pictures}{MADE_BY_SCRIPT}")
    popup = browser.open_popup(browser.open_tab(url, wait_until="commit"))
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    [link] = linkshot("list")
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    missing = {one["url"]: one["reason"] for one in version["receipt"]["missing"]}
    made = sorted(reason for address, reason in missing.items() if address not in expected)
    assert {url: reason for url, reason in missing.items() if url in expected} == expected
    assert made == ["revoked", "stream"]
