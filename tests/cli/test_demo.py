"""What `make run` does, on a machine that has neither a browser nor a screen."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.cli.conftest import Command
from tests.conftest import Site

DEMO = [sys.executable, "-m", "linkshot.cli.demo"]
SAID = {
    "en": ("Kept in {library}", "No screen here: on one with a desktop, “"),
    "zh": ("已保存在 {library}", "本机没有图形界面；在有桌面的环境中运行 "),
}


def run_demo(linkshot: Command, language: str, *url: str) -> list[str]:
    """What it says, commands and results in one."""
    done = subprocess.run(
        [*DEMO, *url],
        env=linkshot.environment | {"PATH": "", "LINKSHOT_LANG": language},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_sample_is_kept_tagged_found_and_its_place_told(newcomer: Command) -> None:
    said = run_demo(newcomer, "en")
    assert_told(newcomer, said, "en")
    [link] = newcomer("list", "--json").value  # type: ignore[misc]
    assert link["tags"] == ["示例/乡村振兴"]
    found = newcomer("search", "水利", "--json").value
    assert [hit["link_id"] for hit in found["hits"]] == [link["link_id"]]  # type: ignore[index,call-overload]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_page_that_is_named_is_kept_and_found_by_its_title(newcomer: Command, site: Site) -> None:
    url = site.put("/a", "<title>春茶上市</title><p>青溪县的春茶")
    said = run_demo(newcomer, "zh", url)
    assert_told(newcomer, said, "zh")
    assert f"$ linkshot add {url} --tag '待读'" in said
    assert "$ linkshot search '春茶上市'" in said
    assert [link["tags"] for link in newcomer("list", "--json").value] == [["待读"]]  # type: ignore[attr-defined]


def assert_told(linkshot: Command, said: list[str], language: str) -> None:
    place, no_screen = SAID[language]
    assert place.format(library=linkshot.library) in said
    assert said[-1].startswith(no_screen)


def test_page_that_cannot_be_had_ends_it_with_its_reason(linkshot: Command) -> None:
    done = subprocess.run(
        [*DEMO, "http://no-such-host.invalid/"],
        env=linkshot.environment | {"PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, "[host_not_resolved]" in done.stderr) == (1, True)
