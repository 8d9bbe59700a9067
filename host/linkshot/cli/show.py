"""`linkshot show`: one link with its versions, what was read from it, receipt and text."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from linkshot.cli.parser import Parser, count, plain_text
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal, local_minute
from linkshot.cli.typed import typed_address
from linkshot.errors import LinkNotFound, SnapshotNotFound

if TYPE_CHECKING:
    from linkshot.page.reading import Reading
    from linkshot.store.library import Library
    from linkshot.store.records import LinkRecord, SnapshotRecord

NOTE = Phrase("note", "备注")
TAGS = Phrase("tags", "标签")
ADDRESS = Phrase("address", "网址")
TRASHED = Phrase("in the trash since", "移入回收站")
# No library counts further; nor does SQLite.
MOST_DIGITS = 18


def arguments(parser: Parser) -> None:
    """One link, and which of its versions."""
    parser.take(
        "id",
        metavar="ID",
        type=plain_text,
        about=Phrase("a link's number, or its address", "链接的编号或网址"),
    )
    parser.take(
        "--snapshot",
        type=count,
        metavar="N",
        about=Phrase(
            "what that version says, by its number in the list (default: the newest)",
            "显示哪个版本的内容，N 为版本列表中的编号（默认最新）",
        ),
    )
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the link."""
    from linkshot.cli.catch_up import UNREAD, catch_up
    from linkshot.store.library import Library
    from linkshot.store.readings import get_reading
    from linkshot.store.snapshots import list_snapshots

    with Library.open(options.library, create=options.creates) as library:
        catch_up(library)
        link = find_link(library, options.id)
        versions = list_snapshots(library, link.link_id)
        shown = _chosen(versions, link.last_snapshot_id, options.snapshot)
        reading = get_reading(library, shown.snapshot_id)
    if terminal.as_json:
        terminal.json(_as_json(link, versions, shown, reading))
    else:
        _show(link, versions, shown, reading, terminal)
        if reading is None:
            terminal.say(UNREAD, subject=f"#{link.link_id}")
    return 0


def find_link(library: Library, named: str) -> LinkRecord:
    """The link with this number, or what `typed_address` makes an address of.

    Raises:
        LinkNotFound: there is none.
    """
    from linkshot.page.urls import canonical_url, plain_address
    from linkshot.store import links

    if named.isascii() and named.isdigit():
        if len(named) > MOST_DIGITS:
            raise LinkNotFound(link=named)
        return links.get_link(library, int(named))
    typed = typed_address(named)
    found = links.find_link(library, canonical_url(typed))
    if found is None and (plain := plain_address(typed)):
        found = links.find_link(library, canonical_url(plain))
    if found is None:
        raise LinkNotFound(link=named)
    return found


def _chosen(
    versions: list[SnapshotRecord], last_snapshot_id: int, snapshot_id: int | None
) -> SnapshotRecord:
    wanted = last_snapshot_id if snapshot_id is None else snapshot_id
    for version in versions:
        if version.snapshot_id == wanted:
            return version
    raise SnapshotNotFound(snapshot=wanted)


def _as_json(
    link: LinkRecord,
    versions: list[SnapshotRecord],
    shown: SnapshotRecord,
    reading: Reading | None,
) -> object:
    import msgspec

    value: dict[str, object] = msgspec.to_builtins(link)
    value["versions"] = versions
    value["receipt"] = shown.receipt
    value["reading"] = reading
    value["text"] = reading.text if reading is not None else ""
    return value


def _show(
    link: LinkRecord,
    versions: list[SnapshotRecord],
    shown: SnapshotRecord,
    reading: Reading | None,
    terminal: Terminal,
) -> None:
    from rich.text import Text

    from linkshot.cli.layout import card, reading_card, version_table
    from linkshot.cli.receipt import receipt_lines

    language = terminal.language
    terminal.show(Text(("★ " if link.starred else "") + shown.title, style="bold"))
    rows = (
        (ADDRESS.of(language), link.url),
        (TAGS.of(language), "  ".join(link.tags)),
        (NOTE.of(language), link.note),
        (TRASHED.of(language), local_minute(link.trashed_at) if link.trashed_at else ""),
    )
    terminal.show(card(rows))
    if reading is not None:
        terminal.show(reading_card(reading, language))
    terminal.show("", version_table(versions, language), "")
    terminal.show(receipt_lines(shown.receipt, language))
    if reading is not None and reading.text:
        terminal.show("")
        terminal.text(reading.text + "\n")
