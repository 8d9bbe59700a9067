"""How records look on a terminal: tables and cards, in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from linkshot.cli.phrase import Phrase
from linkshot.cli.receipt import receipt_line
from linkshot.cli.terminal import human_size, local_minute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linkshot.errors import Language
    from linkshot.page.reading import Policy, Reading
    from linkshot.store.records import (
        LinkRecord,
        SavedSnapshot,
        SearchHit,
        SnapshotRecord,
        TagRecord,
    )

HIT_START = "\x02"
HIT_END = "\x03"

NUMBER = Phrase("no.", "编号")
KEPT_AT = Phrase("kept", "保存时间")
TITLE = Phrase("title", "标题")
SITE = Phrase("site", "网站")
TAGS = Phrase("tags", "标签")
VERSIONS = Phrase("versions", "版本")
TAG = Phrase("tag", "标签")
LINKS = Phrase("links", "链接")
WITH_BELOW = Phrase("with below", "含下级")
ALIASES = Phrase("aliases", "别名")
WAY = Phrase("way in", "方式")
SIZE = Phrase("size", "大小")
CONTENT = Phrase("content", "内容")
SAME = Phrase("unchanged", "未变")
NEW = Phrase("changed", "有变化")
FIRST = Phrase("first", "首次")
SNAPSHOT = Phrase("#{link}, snapshot {snapshot}", "#{link}，快照 {snapshot}")
UNCHANGED = Phrase("unchanged since the last version", "与上一版本相同")
CHARACTERS = Phrase("{count} characters", "{count} 字")
READING_FIELDS = (
    ("title", TITLE),
    ("author", Phrase("author", "作者")),
    ("published", Phrase("published", "发布")),
    ("site", SITE),
    ("lang", Phrase("language", "语言")),
)
POLICY_FIELDS = (
    ("doc_number", Phrase("document number", "发文字号")),
    ("index_number", Phrase("index number", "索引号")),
    ("office", Phrase("office", "发文机关")),
    ("topic", Phrase("topic", "主题分类")),
    ("written", Phrase("written", "成文日期")),
    ("issued", Phrase("issued", "发布日期")),
    ("validity", Phrase("validity", "有效性")),
)


def link_table(links: Iterable[LinkRecord], language: Language) -> Table:
    """One line a link, newest first as given."""
    table = _table()
    table.add_column(NUMBER.of(language), justify="right", style="dim")
    table.add_column(KEPT_AT.of(language), no_wrap=True)
    table.add_column(TITLE.of(language), ratio=3, overflow="fold")
    table.add_column(SITE.of(language), style="dim", overflow="fold", ratio=1)
    table.add_column(TAGS.of(language), style="cyan", ratio=1, overflow="fold")
    table.add_column(VERSIONS.of(language), justify="right")
    for link in links:
        table.add_row(
            str(link.link_id),
            local_minute(link.last_captured_at),
            Text(("★ " if link.starred else "") + (link.title or link.url)),
            Text(link.site),
            Text("  ".join(link.tags)),
            str(link.snapshots),
        )
    return table


def version_table(snapshots: Iterable[SnapshotRecord], language: Language) -> Table:
    """One line a version of a link."""
    table = _table()
    table.add_column(NUMBER.of(language), justify="right", style="dim")
    table.add_column(KEPT_AT.of(language), no_wrap=True)
    table.add_column(WAY.of(language))
    table.add_column(SIZE.of(language), justify="right")
    table.add_column(CONTENT.of(language))
    versions = list(snapshots)
    first = min((one.snapshot_id for one in versions), default=0)
    for snapshot in versions:
        content = SAME if snapshot.unchanged else NEW
        table.add_row(
            str(snapshot.snapshot_id),
            local_minute(snapshot.captured_at),
            snapshot.via,
            human_size(snapshot.size),
            (FIRST if snapshot.snapshot_id == first else content).of(language),
        )
    return table


def tag_table(tags: Iterable[TagRecord], language: Language) -> Table:
    """The tags with their counts."""
    table = _table()
    table.add_column(TAG.of(language), style="cyan", overflow="fold")
    table.add_column(LINKS.of(language), justify="right")
    table.add_column(WITH_BELOW.of(language), justify="right")
    table.add_column(ALIASES.of(language), style="dim", overflow="fold")
    for tag in tags:
        table.add_row(
            Text(tag.path), str(tag.links), str(tag.links_below), Text("  ".join(tag.aliases))
        )
    return table


def saved_lines(saved: SavedSnapshot, language: Language) -> Text:
    """What `add` says of one kept page."""
    numbers = SNAPSHOT.of(language, link=saved.link_id, snapshot=saved.snapshot_id)
    text = Text.assemble(
        ("✓ ", "green"), (saved.title or saved.url, "bold"), (f"  {numbers}", "dim")
    )
    text.append(f"\n  {saved.url}", "dim")
    if saved.tags:
        text.append("\n  " + "  ".join(saved.tags), "cyan")
    text.append("\n  ")
    if saved.unchanged:
        text.append(UNCHANGED.of(language) + " · ")
    text.append(receipt_line(saved.receipt, language))
    return text


def hit_lines(hit: SearchHit) -> Text:
    """One search hit: title, where, and the passage with the words found marked."""
    text = Text.assemble((hit.title or hit.url, "bold"), (f"  #{hit.link_id}", "dim"))
    text.append(f"\n  {hit.url}", "dim")
    if hit.last_captured_at is not None:
        text.append(f" · {local_minute(hit.last_captured_at)}", "dim")
    if hit.tags:
        text.append("  " + "  ".join(hit.tags), "cyan")
    if hit.snippet:
        text.append("\n  ")
        text.append_text(_marked(hit.snippet))
    text.append("\n")
    return text


def reading_card(reading: Reading, language: Language) -> Table:
    """What was read from a page, but its text: two columns, empty fields left out."""
    rows: list[tuple[Phrase, str]] = [
        (name, getattr(reading, field)) for field, name in READING_FIELDS
    ]
    if reading.policy is not None:
        rows += _policy_rows(reading.policy)
    return card((name.of(language), value) for name, value in rows)


def card(rows: Iterable[tuple[str, str]]) -> Table:
    """Names on the left, values on the right; rows without a value are left out."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        if value:
            table.add_row(name, Text(value))
    return table


def _policy_rows(policy: Policy) -> list[tuple[Phrase, str]]:
    return [(name, getattr(policy, field)) for field, name in POLICY_FIELDS]


def _marked(snippet: str) -> Text:
    text = Text()
    for index, part in enumerate(snippet.replace("\n", " ").split(HIT_START)):
        if index == 0:
            text.append(part)
            continue
        hit, _, rest = part.partition(HIT_END)
        text.append(hit, "bold yellow")
        text.append(rest)
    return text


def _table() -> Table:
    return Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
