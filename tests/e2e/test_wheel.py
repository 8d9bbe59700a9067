"""The wheel, installed into an empty environment, does the main job."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from chromium import Chromium
from tests.conftest import Site

pytestmark = pytest.mark.e2e
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), "."]
    subprocess.run(build, cwd=REPOSITORY, check=True, timeout=600)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel and what it asks for, nothing else."""
    environment = tmp_path_factory.mktemp("环境 甲") / "venv"
    venv.create(environment, with_pip=True)
    folder = environment / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [folder / "python", "-m", "pip", "install", "--quiet", str(wheel)], check=True, timeout=900
    )
    return folder


def shipped(folder: Path, place: str) -> set[str]:
    """Where the wheel has the files of a folder."""
    return {f"{place}/{p.relative_to(folder)}" for p in folder.rglob("*") if p.is_file()}


def test_wheel_carries_extension_pages_and_sample(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    host = REPOSITORY / "host" / "linkshot"
    wanted = {
        *shipped(REPOSITORY / "extension", "linkshot/extension"),
        *shipped(host / "viewer" / "pages", "linkshot/viewer/pages"),
        *shipped(host / "sample" / "pictures", "linkshot/sample/pictures"),
        "linkshot/sample/notice.html",
        "linkshot/py.typed",
        "linkshot_installer/browsers.py",
    }
    assert wanted - names == set()
    assert [name for name in names if "node_modules" in name or name.startswith("tests")] == []


class Installed:
    """The programs of the environment, run where nothing else is known: a HOME of its own and the system's PATH."""

    def __init__(self, scripts: Path, home: Path) -> None:
        self.scripts = scripts
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LINKSHOT_LANG": "en"}
        home.mkdir()

    def run(self, *arguments: str) -> Any:
        """What a command prints as JSON."""
        ended = subprocess.run(
            [self.scripts / "linkshot", *arguments, "--json"],
            capture_output=True,
            env=self.environment,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr.decode()
        return json.loads(ended.stdout)


@pytest.fixture
def installed(scripts: Path, tmp_path: Path) -> Installed:
    # the browser's HOME too
    return Installed(scripts, tmp_path / "home")


ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="the browser's folder stands where Linux has it"
)


@ON_LINUX
def test_installed_program_keeps_finds_and_connects(installed: Installed, site: Site) -> None:
    page = site.put("/notice", "<title>春茶上市</title><p>青溪县的春茶比往年早十天上市。")
    Path(installed.environment["HOME"], ".config", "chromium").mkdir(parents=True)
    assert [one["title"] for one in installed.run("add", page, "--via", "http")] == ["春茶上市"]
    assert installed.run("search", "春茶")["total"] == 1
    installed.run("install")
    findings = installed.run("doctor")["findings"]
    codes = {one["subject"]: one["code"] for one in findings}
    assert (codes["Linkshot"], codes["Chromium"]) == ("extension_ready", "host_answers")


@ON_LINUX
def test_installed_extension_and_host_keep_a_page(
    installed: Installed, chromium: Callable[..., Chromium], site: Site
) -> None:
    extension = Path(installed.run("install")["extension"])
    browser = chromium(has_host=False, extension=extension)
    popup = browser.open_popup(browser.open_tab(site.put("/a", "<!doctype html><title>甲</title>")))
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    assert [link["title"] for link in installed.run("list")] == ["甲"]


SAID = {
    "en": "This machine has no webview: install {package}. The library opens in your browser instead.",
    "zh": "本机没有 webview 组件：请安装 {package}。现改用浏览器打开资料库。",
}
# Stands in for the person's browser: notes the address, is let in, and is closed.
BROWSER = """#!{python}
import sys
from urllib.request import HTTPCookieProcessor, build_opener

client = build_opener(HTTPCookieProcessor())
page = client.open(sys.argv[1])
open("{noted}", "w").write(page.read().decode())
client.open(page.url.split("/?")[0].rstrip("/") + "/api/changes", timeout=90).readline()
"""


@ON_LINUX
@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("package", ["linkshot[qt]", "pywebview"])
def test_machine_without_a_webview_is_told_and_given_the_browser(
    installed: Installed, tmp_path: Path, language: str, package: str
) -> None:
    browser, noted = tmp_path / "browser", tmp_path / "page.html"
    browser.write_text(BROWSER.format(python=sys.executable, noted=noted))
    browser.chmod(0o755)
    more = {"LINKSHOT_LANG": language, "BROWSER": f"{browser} %s", "DISPLAY": ":99"}
    with without_pywebview(installed.scripts) if package == "pywebview" else nullcontext():
        ended = subprocess.run(
            [installed.scripts / "linkshot", "open"],
            env=installed.environment | more,
            stderr=subprocess.PIPE,
            text=True,
            timeout=180,
        )
    told, where = ended.stderr.splitlines()
    assert (ended.returncode, told) == (0, SAID[language].format(package=package))
    assert "http://127." in where
    assert noted.read_text().startswith("<!doctype html>")


@contextmanager
def without_pywebview(scripts: Path) -> Iterator[None]:
    """The environment as it is where pywebview itself is not there."""
    [package] = scripts.parent.glob("lib/*/site-packages/webview")
    away = package.rename(package.with_name("webview-away"))
    yield
    away.rename(package)
