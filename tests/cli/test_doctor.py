"""`linkshot install`, `doctor` and `uninstall` as commands; what they find is tested in tests/installer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from linkshot.paths import extension_dir

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the browser's folder stands where Linux has it"
)

NOT_THERE = {
    "en": "the library {path} does not exist yet; the first page kept makes it",
    "zh": "资料库 {path} 尚未建立，保存第一个页面时会自动建立",
}
OTHER = {
    "en": "browsers keep pages in another library: {path} is not a Linkshot library: it is a file, not a folder."
    " Name another folder with --library.",
    "zh": "浏览器把网页保存到另一个资料库：{path} 不是链接快照的库：它是文件，不是文件夹。请用 --library 指定其他文件夹。",
}
WELL = {"en": "Nothing is wrong.\n", "zh": "一切正常。\n"}
MEND = {"en": "1 to mend.\n", "zh": "有 1 处需要处理。\n"}


@pytest.fixture
def with_chromium(newcomer: Command) -> Command:
    """A person who has started Chromium once, and has no other browser on the PATH."""
    (newcomer.home / ".config" / "chromium").mkdir(parents=True)
    newcomer.environment["PATH"] = "/nowhere"
    return newcomer


@pytest.mark.parametrize("language", WELL)
def test_browser_that_keeps_in_this_library_is_well(with_chromium: Command, language: str) -> None:
    with_chromium("install")
    ended = with_chromium("doctor", LINKSHOT_LANG=language)
    assert (ended.status, ended.err) == (0, WELL[language])
    said = ended.out.splitlines()
    assert said[1] == NOT_THERE[language].format(path=with_chromium.library)
    assert [line[0] for line in said[2:]] == ["✓", "✓"]


INSTALLED = {
    "en": (
        "✓ Chromium: connected",
        "Last step, once in each browser: load the extension.",
        "• In Chromium: open chrome://extensions, switch on “Developer mode”, press “Load unpacked” and choose the folder",
    ),
    "zh": (
        "✓ Chromium: 已连接",
        "最后一步：在每个浏览器中加载一次扩展。",
        "• Chromium：打开 chrome://extensions，开启“开发者模式”，点“加载未打包的扩展程序”（“加载解压缩的扩展”），选择文件夹",
    ),
}
UNINSTALLED = {
    "en": (
        "{manifest}: removed",
        "The library {library} is untouched. Remove the extension in each browser's list of extensions.",
    ),
    "zh": ("{manifest}: 已移除", "资料库 {library} 保持不变。请在各浏览器的扩展列表中移除扩展。"),
}


@pytest.mark.parametrize("language", INSTALLED)
def test_install_says_what_it_did_and_how_to_load_the_extension(
    with_chromium: Command, language: str
) -> None:
    ended = with_chromium("install", LINKSHOT_LANG=language)
    connected, last_step, load = INSTALLED[language]
    expected = [connected, f"    {manifest(with_chromium)}", "", last_step, load]
    assert (ended.status, ended.out.splitlines()) == (0, [*expected, f"  {extension_dir()}"])


@pytest.mark.parametrize("language", UNINSTALLED)
def test_uninstall_says_what_it_took_away(with_chromium: Command, language: str) -> None:
    with_chromium("install")
    ended = with_chromium("uninstall", LINKSHOT_LANG=language)
    facts = {"manifest": manifest(with_chromium), "library": with_chromium.library}
    said = [line.format(**facts) for line in UNINSTALLED[language]]
    assert (ended.status, (ended.out + ended.err).splitlines()) == (0, said)
    assert list(with_chromium.home.rglob("*linkshot*")) == []


def manifest(person: Command) -> Path:
    folder = person.home / ".config" / "chromium" / "NativeMessagingHosts"
    return folder / "org.linkshot.host.json"


@pytest.mark.parametrize("language", MEND)
def test_fault_of_the_library_that_browsers_keep_in_is_found(
    with_chromium: Command, language: str
) -> None:
    notes = with_chromium.home / "notes"
    notes.write_text("my notes")
    with_chromium("--library", str(notes), "install")
    ended = with_chromium("doctor", LINKSHOT_LANG=language)
    assert (ended.status, ended.err) == (1, MEND[language])
    assert ended.out.splitlines()[2] == OTHER[language].format(path=notes)
    [told] = with_chromium("doctor", "--json").value["browsers_libraries"]  # type: ignore[call-overload,index]
    assert (told["ok"], told["code"]) == (False, "not_a_library")


def test_library_that_is_named_otherwise_is_no_other(with_chromium: Command) -> None:
    library = with_chromium.home / "kept"
    with_chromium("--library", str(library), "install")
    around = with_chromium.home / "kept" / ".." / "kept"
    link = with_chromium.home / "link"
    link.symlink_to(library)
    for name in (around, link):
        told = with_chromium("--library", str(name), "doctor", "--json").value
        assert told["browsers_libraries"] == []  # type: ignore[call-overload,index]


def test_repair_connects_what_was_not(with_chromium: Command) -> None:
    assert with_chromium("doctor").status == 1
    assert with_chromium("doctor", "--repair").status == 0
    assert with_chromium("uninstall").status == 0
    assert with_chromium("doctor").status == 1


UNWRITABLE = {
    "en": "linkshot: {launcher} cannot be written: Not a directory. [output_unwritable]\n",
    "zh": "linkshot: 无法写入 {launcher}：路径中有一段不是文件夹。 [output_unwritable]\n",
}


@pytest.mark.parametrize("language", UNWRITABLE)
def test_data_folder_that_cannot_be_made_is_told(with_chromium: Command, language: str) -> None:
    data = with_chromium.home / ".local" / "share"
    data.mkdir(parents=True)
    (data / "linkshot").write_text("a file")
    ended = with_chromium("install", LINKSHOT_LANG=language)
    launcher = data / "linkshot" / "browsers" / "linkshot-host"
    assert (ended.status, ended.err) == (1, UNWRITABLE[language].format(launcher=launcher))
    assert with_chromium("uninstall").status == 0
