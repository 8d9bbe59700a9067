"""A public page brings in nothing of the private network, whichever way it is kept, on a machine with both addresses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import Any

import pytest
from tests.capture.public_network import LED, PRIVATE
from tests.conftest import REPOSITORY

from linkshot.capture.browser_find import find_browser
from linkshot.errors import BrowserMissing

pytestmark = pytest.mark.e2e
PARTS = ("secret.svg", "late.svg", "to-secret.svg", "secret.css", "frame", "to-frame")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What came of each case and way in."""
    try:
        find_browser()
    except BrowserMissing:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    alone = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if (
        not shutil.which("unshare")
        or subprocess.run([*alone, "true"], capture_output=True).returncode
    ):
        pytest.skip("this machine gives nobody a network of their own")
    folder = tmp_path_factory.mktemp("libraries")
    command = [*alone, sys.executable, "-m", "tests.capture.public_network", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


# A script does not run in plain HTTP.
CASES = [f"{case} {via}" for case in LED for via in ("http", "browser", "auto")]
CASES.remove("script http")


@pytest.mark.parametrize("case", [*CASES, "proxied redirect browser"])
def test_page_that_leads_inside_is_refused(outcomes: dict[str, dict[str, Any]], case: str) -> None:
    said = outcomes[case]
    assert said["code"] == "private_address"
    words = rf"http://93\.184\.215\.14:\d+/\S* led to http://{PRIVATE}:\d+/\S* at the private address {PRIVATE} and "
    assert re.match(words, said["message"])


@pytest.mark.parametrize("via", ["http", "browser"])
def test_parts_inside_are_missing_from_a_public_page(
    outcomes: dict[str, dict[str, Any]], via: str
) -> None:
    said = outcomes[f"parts {via}"]
    assert (said["secrets"], said["missing"]) == (0, dict.fromkeys(PARTS, "refused"))


def test_parts_inside_are_missing_where_the_page_came_through_a_proxy(
    outcomes: dict[str, dict[str, Any]],
) -> None:
    """The browser lets such a page have them, and shows them; the proxy has its own answer to a redirect."""
    said = outcomes["proxied parts browser"]
    refused = [part for part, reason in said["missing"].items() if reason == "refused"]
    # The frame calls itself another address of its site.
    assert sorted(refused) == sorted({*PARTS, "elsewhere"} - {"frame", "to-frame"})
    assert (said["secrets"], said["has_thumbnail"]) == (0, False)


@pytest.mark.parametrize("via", ["http", "browser"])
def test_page_inside_has_all_its_parts(outcomes: dict[str, dict[str, Any]], via: str) -> None:
    said = outcomes[f"inside {via}"]
    assert (said["secrets"] > 0, said["missing"]) == (True, {})
    assert said["has_thumbnail"] == (via != "http")
