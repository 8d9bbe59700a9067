"""The wheel, installed into an empty environment, does the main job."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from tests.conftest import Site

pytestmark = pytest.mark.e2e
REPOSITORY = Path(__file__).parents[1]


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


def test_wheel_carries_extension_pages_and_sample(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "linkshot/extension/manifest.json",
        "linkshot/extension/inject/files.json",
        "linkshot/extension/_locales/zh_CN/messages.json",
        "linkshot/sample/notice.html",
        "linkshot/py.typed",
        "linkshot_installer/browsers.py",
    }
    assert wanted - names == set()
    pages = REPOSITORY / "host" / "linkshot" / "viewer" / "pages"
    shown = {
        f"linkshot/viewer/pages/{p.relative_to(pages)}" for p in pages.rglob("*") if p.is_file()
    }
    assert shown - names == set()
    assert [name for name in names if "node_modules" in name or name.startswith("tests")] == []


def test_installed_program_keeps_finds_and_connects(
    scripts: Path, tmp_path: Path, site: Site
) -> None:
    page = site.put("/notice", "<title>春茶上市</title><p>青溪县的春茶比往年早十天上市。")
    home = tmp_path / "用户 甲"
    (home / ".config" / "chromium").mkdir(parents=True)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LINKSHOT_LANG": "en"}

    def run(*arguments: str) -> object:
        ended = subprocess.run(
            [scripts / "linkshot", *arguments, "--json"],
            capture_output=True,
            env=environment,
            timeout=120,
            check=False,
        )
        assert ended.stdout, ended.stderr.decode()
        return json.loads(ended.stdout)

    (saved,) = run("add", page, "--via", "http")  # type: ignore[misc]
    assert saved["title"] == "春茶上市"
    assert run("search", "春茶")["total"] == 1  # type: ignore[index,call-overload]
    installed = run("install")
    assert (Path(installed["extension"]) / "manifest.json").is_file()  # type: ignore[index,call-overload]
    findings = run("doctor")["findings"]  # type: ignore[index,call-overload]
    codes = {one["subject"]: one["code"] for one in findings}
    assert (codes["Linkshot"], codes["Chromium"]) == ("extension_ready", "host_answers")
