"""kill -9 of the host at ten points of one upload: nothing lost, nothing twice."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

# At the hello, the lookup, the plan, six chunks, and twice the commit: each start of the host dies at the next.
POINTS = ["1", "2", "capture.begin", "4", "5", "6", "8", "10", "capture.commit", "capture.commit"]
PICTURES = 12


@pytest.fixture
def large_url(site):
    """A page with twelve pictures of 1.5 MB: 25 chunks."""
    for number in range(PICTURES):
        site.put(f"/{number}.png", os.urandom(1_500_000), media_type="image/png")
    pictures = "".join(f"<img src=/{number}.png>" for number in range(PICTURES))
    return site.put("/large", f"<!doctype html><meta charset=utf-8><title>规划</title>{pictures}")


def put_proxy_between(script: Path, points: Path) -> None:
    """Have the browser start the host through `dying_host.py`."""
    host = script.with_name("real-host")
    script.rename(host)
    proxy = Path(__file__).with_name("dying_host.py")
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{proxy}" "{points}" "{host}" "$@"\n')
    script.chmod(0o755)


def test_host_killed_at_ten_points_keeps_page_once_and_whole(
    start_browser, site, large_url, linkshot, wait_until, tmp_path
):
    points = tmp_path / "points"
    points.write_text("\n".join(POINTS))
    earlier = site.put("/earlier", "<!doctype html><title>A</title><p>acknowledged")
    [acknowledged] = linkshot("add", earlier, "--via", "http")
    browser = start_browser(has_host=False)
    put_proxy_between(browser.script, points)
    browser.install_host()
    browser.open_popup(browser.open_tab(large_url))
    wait_until(lambda: points.read_text() == "" and not browser.outbox(), timeout_s=240)
    link, still_there = linkshot("list")
    assert (still_there["link_id"], still_there["snapshots"]) == (acknowledged["link_id"], 1)
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    receipt = version["receipt"]
    assert (link["snapshots"], receipt["kept"], receipt["missing"]) == (1, PICTURES, [])
    assert linkshot("verify") == []
