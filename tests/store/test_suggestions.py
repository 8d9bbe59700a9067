from __future__ import annotations

import gzip
import itertools
import json
import re
from pathlib import Path

import pytest

from linkshot.errors import LinkNotFound
from linkshot.page.keywords import choose_keywords
from linkshot.page.reading import Policy, Reading
from linkshot.store.library import Library
from linkshot.store.links import trash_links
from linkshot.store.readings import save_reading
from linkshot.store.records import SuggestedTag
from linkshot.store.suggestions import SuggestFor, suggest_for_page, suggest_tags
from linkshot.store.tags import add_alias

from .pages import keep, keep_text

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "zhtext"


def suggested(found: list[SuggestedTag]) -> list[tuple[str, str]]:
    return [(tag.path, tag.why) for tag in found]


def page(url: str, title: str = "", **more: object) -> SuggestFor:
    site = url.split("/")[2]
    return SuggestFor(url=url, site=site, reading=Reading(title=title), **more)  # type: ignore[arg-type]


def test_empty_library_suggests_the_page_s_own_words(library: Library) -> None:
    saved = keep(library)
    policy = Policy(office="重庆市人民政府", topic="农业、林业/水利")
    reading = Reading(title="通知", keywords=["乡村振兴"], policy=policy)
    save_reading(library, saved.snapshot_id, reading)
    assert suggest_tags(library, saved.link_id) == [
        SuggestedTag(path="农业、林业∕水利", links=0, why="policy", score=0.06),
        SuggestedTag(path="重庆市人民政府", links=0, why="policy", score=0.06),
        SuggestedTag(path="乡村振兴", links=0, why="keyword", score=0.04),
    ]


def test_subject_that_says_nothing_is_not_suggested(library: Library) -> None:
    saved = keep(library)
    save_reading(library, saved.snapshot_id, Reading(title="答复", policy=Policy(topic="其他")))
    assert suggest_tags(library, saved.link_id) == []


@pytest.mark.parametrize(
    ("topic", "path"),
    [
        ("科技、教育\\科技", "科技、教育/科技"),
        ("综合政务 ＼ 政务公开", "综合政务/政务公开"),
        ("国防>国防动员", "国防/国防动员"),
    ],
)
def test_subject_of_several_levels_is_suggested_as_a_path(
    library: Library, topic: str, path: str
) -> None:
    saved = keep(library)
    save_reading(library, saved.snapshot_id, Reading(title="答复", policy=Policy(topic=topic)))
    assert [tag.path for tag in suggest_tags(library, saved.link_id)] == [path]


@pytest.mark.parametrize("topic", ["\\", "科技\\", "科技\\\\教育"])
def test_subject_with_an_empty_level_is_not_suggested(library: Library, topic: str) -> None:
    saved = keep(library)
    save_reading(library, saved.snapshot_id, Reading(title="答复", policy=Policy(topic=topic)))
    assert suggest_tags(library, saved.link_id) == []


def test_tag_named_in_the_title_is_suggested(library: Library) -> None:
    keep_text(library, "无关", tags=["政策/乡村振兴"])
    keep_text(library, "无关", tags=["AI"])
    add_alias(library, "AI", "人工智能")
    found = suggest_for_page(library, page("https://a.net/1", "人工智能助力乡村振兴"))
    assert suggested(found) == [("政策/乡村振兴", "name"), ("AI", "name")]


def test_folder_of_the_site_says_more_than_the_site(library: Library) -> None:
    for number in range(3):
        keep(library, f"https://a.net/news/{number}", tags=["新闻"])
        keep(library, f"https://a.net/law/{number}", tags=["法规"])
        keep(library, f"https://b.net/law/{number}", tags=["别处"])
    found = suggest_for_page(library, page("https://a.net/law/new"))
    assert [tag.path for tag in found] == ["法规", "新闻"]


def test_pages_of_like_text_give_their_tags(library: Library) -> None:
    keep_text(library, "x", title="春茶产量与价格", url="https://a.net/1", tags=["茶叶"])
    keep_text(library, "x", title="芯片设计与制造", url="https://b.net/1", tags=["芯片"])
    found = suggest_for_page(library, page("https://c.net/1", "今年春茶价格"))
    assert suggested(found)[:1] == [("茶叶", "text")]


def test_tags_that_go_together_are_suggested(library: Library) -> None:
    for _ in range(3):
        keep_text(library, "x", tags=["政策", "待读"])
    found = suggest_for_page(library, page("https://c.net/1", tags=["政策"]))
    assert suggested(found) == [("待读", "together")]


@pytest.mark.parametrize("tags", [(), ("法规",)])
def test_tag_of_every_link_comes_after_what_tells_them_apart(
    library: Library, tags: tuple[str, ...]
) -> None:
    with library.transaction():
        for number in range(120):
            site, given = ("a", ["新闻"]) if number % 4 else ("b", ["法规", "农业"])
            url = f"https://{site}.net/{number}"
            keep(library, url, html=b"x", title="", tags=["待读", *given])
    found = suggest_for_page(library, page("https://b.net/new", tags=tags))
    scores = {tag.path: tag.score for tag in found}
    wanted = [path for path in ("法规", "农业") if path not in tags]
    assert list(scores)[: len(wanted)] == wanted
    assert scores["待读"] < scores["农业"] / 4


def test_files_are_of_no_site(library: Library) -> None:
    for number in range(3):
        keep(library, f"file:///a/{number}.html", tags=["文件"])
    found = suggest_for_page(library, SuggestFor(url="file:///b/new", site="", reading=Reading()))
    assert found == []


def test_tags_of_the_link_are_not_suggested(library: Library) -> None:
    keep(library, "https://a.net/1", tags=["a", "b"])
    link_id = keep(library, "https://a.net/2", tags=["a"]).link_id
    assert [tag.path for tag in suggest_tags(library, link_id)] == ["b"]
    assert suggest_tags(library, link_id, given=["b"]) == []


def test_tags_of_links_in_the_trash_are_not_counted(library: Library) -> None:
    trash_links(library, [keep(library, "https://a.net/1", tags=["a"]).link_id])
    assert suggest_for_page(library, page("https://a.net/2", "b")) == []


def test_unknown_link_is_named(library: Library) -> None:
    with pytest.raises(LinkNotFound):
        suggest_tags(library, 7)


@pytest.mark.parametrize("title", ["", "\x00", '"', "* OR (", "〔〕", "a" * 100_000, "中" * 5_000])
def test_any_title_is_safe(library: Library, title: str) -> None:
    keep_text(library, "x", tags=["a"])
    assert isinstance(suggest_for_page(library, page("https://a.net/1", title)), list)


def test_no_query_reads_all_links(library: Library) -> None:
    keep(library, "https://a.net/law/1", tags=["a"], title="春茶")
    plans: list[str] = []
    connection = library.database.connection()
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    suggest_for_page(library, page("https://a.net/law/2", "春茶"))
    connection.set_trace_callback(None)
    for sql in asked:
        if sql.lstrip().startswith(("SELECT", "WITH")):
            rows = library.database.rows(f"EXPLAIN QUERY PLAN {sql}")
            plans += [row[3] for row in rows]
    assert [plan for plan in plans if re.match(r"SCAN (link|link_tag|tag|snapshot)\b", plan)] == []


def corpus_pages(count: int) -> list[tuple[str, str, list[str]]]:
    """Title, text and tags (its folders) of laws and manuals, one page a document."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here")
    pages: list[tuple[str, str, list[str]]] = []
    for source, share in (("laws", 3), ("tidb-docs", 1), ("modern-prose", 1)):
        taken = 0
        done: set[str] = set()
        with gzip.open(CORPUS / source / "open.jsonl.gz", "rt", encoding="utf-8") as stream:
            for line in itertools.islice(stream, 0, None, 7):
                entry = json.loads(line)
                folders = [name.strip() for name in entry["doc"].split("/")[:-1]]
                if entry["doc"] in done or not folders or len(entry["text"]) < 80:
                    continue
                done.add(entry["doc"])
                pages.append((entry["title"], entry["text"], [name for name in folders if name]))
                taken += 1
                if taken == count * share // 5:
                    break
    return pages


def test_held_out_tags_are_among_the_first_five(library: Library) -> None:
    wanted: dict[int, set[str]] = {}
    with library.transaction():
        for number, (title, text, tags) in enumerate(corpus_pages(250)):
            is_held_out = number % 5 == 0
            url = f"https://site-{number}.example/"
            saved = keep(library, url, title=title, tags=[] if is_held_out else tags)
            keywords = choose_keywords("", text, title, "")
            reading = Reading(title=title, text=text, keywords=keywords)
            save_reading(library, saved.snapshot_id, reading)
            if is_held_out:
                wanted[saved.link_id] = set(tags)
    known = {path for (path,) in library.database.rows("SELECT path FROM tag WHERE links > 0")}
    found = total = 0
    for link_id, tags in wanted.items():
        first = {tag.path for tag in suggest_tags(library, link_id, 5)}
        found += len(tags & known & first)
        total += len(tags & known)
    assert found / total >= 0.6
