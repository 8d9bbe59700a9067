"""The viewer's API for keeping tags in order, through a real server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.records import SavedSnapshot
from linkshot.store.tags import link_tags

Keep = Callable[..., SavedSnapshot]


def code(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def counts(client: httpx.Client) -> dict[str, int]:
    return {path: links for path, links, *_ in client.get("/api/tags").json()["tags"]}


def post(client: httpx.Client, at: str, **body: Any) -> Any:
    reply = client.post(at, json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_all_tags_come_by_sound_with_counts_colours_and_aliases(
    client: httpx.Client, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", tags=("重庆/渝中", "b"))
    keep("https://a.example/2", "<p>2", tags=("安徽", "重庆"))
    post(client, "/api/tags/alias", tag="重庆", alias='渝 "巴"')
    post(client, "/api/tags/color", tag="b", color="#0f6a6a")
    assert client.get("/api/tags").json() == {
        "tags": [
            ["b", 1, 1, "#0f6a6a"],
            ["安徽", 1, 1, None],
            ["重庆", 1, 2, None],
            ["重庆/渝中", 1, 1, None],
        ],
        "aliases": [["重庆", '渝 "巴"']],
    }


def test_tag_is_renamed_with_what_is_below(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("政策/产业",))
    post(client, "/api/tags/rename", old="政策", new="文件")
    assert counts(client) == {"文件": 0, "文件/产业": 1}


def test_merge_is_told_beforehand_and_changes_nothing(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("甲",))
    keep("https://a.example/2", "<p>2", tags=("甲", "乙"))
    told = post(client, "/api/tags/merge", sources=["甲"], target="乙", only_plan=True)
    assert told == {
        "plan": {
            "links": 2,
            "target": "乙",
            "gain": {"乙": 1},
            "lose": {"甲": 2},
            "made": [],
            "vanish": ["甲"],
            "moved": [],
            "aliases": ["甲"],
        },
        "undo_ids": [],
    }
    assert counts(client) == {"甲": 2, "乙": 1}


def test_merge_is_undone_by_the_entry_it_names(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("甲",))
    keep("https://a.example/2", "<p>2", tags=("乙",))
    done = post(client, "/api/tags/merge", sources=["甲"], target="乙")
    assert counts(client) == {"乙": 2}
    post(client, "/api/undo", undo_ids=done["undo_ids"])
    assert counts(client) == {"甲": 1, "乙": 1}


def test_split_of_named_links_leaves_the_others(client: httpx.Client, keep: Keep) -> None:
    first = keep("https://a.example/1", "<p>1", tags=("甲",)).link_id
    keep("https://a.example/2", "<p>2", tags=("甲",))
    post(client, "/api/tags/split", tag="甲", into=["乙", "丙"], link_ids=[first])
    assert counts(client) == {"甲": 1, "乙": 1, "丙": 1}


def test_deleted_tags_leave_their_links(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("政策/产业", "甲"))
    done = post(client, "/api/tags/delete", tags=["政策"])
    assert (done["plan"]["vanish"], counts(client)) == (["政策", "政策/产业"], {"甲": 1})


def test_color_is_set_and_taken_away(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("甲",))
    post(client, "/api/tags/color", tag="甲", color="#0F6A6A")
    assert client.get("/api/tags").json()["tags"][0][3] == "#0f6a6a"
    post(client, "/api/tags/color", tag="甲", color=None)
    assert client.get("/api/tags").json()["tags"][0][3] is None


def test_rename_answers_the_path_as_it_is_written(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("甲", "Tech"))
    plan = post(client, "/api/tags/rename", old="甲", new="ｔｅｃｈ／乙", only_plan=True)["plan"]
    assert (plan["target"], counts(client)) == ("Tech/乙", {"甲": 1, "Tech": 1})
    assert post(client, "/api/tags/rename", old="甲", new="ｔｅｃｈ／乙")["plan"] == plan
    reply = client.post("/api/tags/rename", json={"old": "Tech/乙", "new": "ｔｅｃｈ"})
    assert code(reply) == (409, "tag_name_taken")
    merged = post(client, "/api/tags/merge", sources=["Tech/乙"], target="ｔｅｃｈ")
    assert merged["plan"]["target"] == "Tech"


def test_several_tags_are_moved_and_back(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("甲/子", "乙", "丙"))
    before = counts(client)
    done = post(client, "/api/tags/move", tags=["甲", "甲/子", "乙"], under="丙")
    assert done["plan"]["moved"] == [["甲", "丙/甲"], ["乙", "丙/乙"]]
    assert len(done["undo_ids"]) == 1
    post(client, "/api/undo", undo_ids=done["undo_ids"])
    assert counts(client) == before


def test_many_links_are_tagged_as_one_entry(client: httpx.Client, keep: Keep) -> None:
    ids = [keep(f"https://a.example/{n}", "<p>1", tags=("旧",)).link_id for n in range(3)]
    done = post(client, "/api/links/tags", link_ids=ids, add=["新/一"], remove=["旧"])
    assert (counts(client), len(done["undo_ids"])) == ({"新": 0, "新/一": 3, "旧": 0}, 1)
    post(client, "/api/undo", undo_ids=done["undo_ids"])
    assert counts(client) == {"旧": 3}


def test_tag_that_is_there_already_needs_no_undo(client: httpx.Client, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1", tags=("甲",)).link_id
    assert post(client, "/api/links/tags", link_ids=[link], add=["甲"])["undo_ids"] == []


def test_unknown_link_in_a_selection_changes_nothing(client: httpx.Client, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1", tags=("甲",)).link_id
    reply = client.post("/api/links/tags", json={"link_ids": [link, 99], "add": ["乙"]})
    assert (code(reply), counts(client)) == ((404, "link_not_found"), {"甲": 1})


def test_pair_alike_is_offered_until_refused(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("WebGPU",))
    keep("https://a.example/2", "<p>2", tags=("Web-GPU",))
    [pair] = client.get("/api/tags/duplicates").json()["pairs"]
    assert (pair["why"], {pair["source"], pair["target"]}) == ("form", {"WebGPU", "Web-GPU"})
    post(client, "/api/tags/duplicates/refuse", first="WebGPU", second="Web-GPU")
    assert client.get("/api/tags/duplicates").json() == {"pairs": []}
    post(client, "/api/tags/duplicates/offer", first="Web-GPU", second="WebGPU")
    assert client.get("/api/tags/duplicates").json()["pairs"] == [pair]


def test_rule_is_tried_kept_and_taken_back_whole(client: httpx.Client, keep: Keep) -> None:
    for number in range(3):
        keep(f"https://a.example/news/{number}", "<p>1", title="新闻")
    rule = {"tags": ["新闻"], "site": "a.example", "path": "/news"}
    trial = post(client, "/api/rules/try", **rule)
    assert (trial["matching"], trial["would_tag"], counts(client)) == (3, 3, {})
    done = post(client, "/api/rules", rule=rule, switch={"on": True, "apply": True})
    assert (done["plan"]["links"], counts(client)) == (3, {"新闻": 3})
    post(client, "/api/undo", undo_ids=done["undo_ids"])
    assert (counts(client), client.get("/api/rules").json()) == ({}, {"rules": []})


def test_rule_is_switched_tried_again_and_forgotten(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="新闻")
    rule = {"tags": ["新闻"], "field": "title", "value": "新闻"}
    post(client, "/api/rules", rule=rule, switch={"on": False})
    assert client.get("/api/rules/1/try").json()["would_tag"] == 1
    post(client, "/api/rules/1/switch", on=True)
    assert client.get("/api/rules").json()["rules"][0]["is_on"] is True
    post(client, "/api/rules/1/remove")
    assert client.get("/api/rules").json() == {"rules": []}


def test_page_gets_suggestions_from_its_site(client: httpx.Client, keep: Keep) -> None:
    for number in range(3):
        keep(f"https://a.example/{number}", "<p>1", tags=("产业",), text="集成电路")
    link = keep("https://a.example/9", "<p>9", text="光刻胶").link_id
    [first, *_] = client.get(f"/api/links/{link}/suggestions").json()["tags"]
    assert (first["path"], first["links"]) == ("产业", 3)


def test_undo_that_something_stands_in_the_way_of_is_refused(
    client: httpx.Client, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", tags=("甲",))
    done = post(client, "/api/tags/rename", old="甲", new="乙")
    keep("https://a.example/2", "<p>2", tags=("甲",))
    assert code(client.post("/api/undo", json={"undo_ids": done["undo_ids"]})) == (
        409,
        "undo_blocked",
    )


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/api/tags/rename", {"old": "无", "new": "有"}, (404, "tag_not_found")),
        ("/api/tags/merge", {"sources": [], "target": "有"}, (400, "message_invalid")),
        ("/api/tags/split", {"tag": "无", "into": ["有"]}, (404, "tag_not_found")),
        ("/api/tags/delete", {"tags": ["无"]}, (404, "tag_not_found")),
        ("/api/tags/color", {"tag": "无", "color": "red"}, (400, "color_invalid")),
        ("/api/rules/try", {"tags": ["甲"]}, (400, "rule_invalid")),
        ("/api/rules", {"rule": {"tags": []}, "switch": {"on": True}}, (400, "rule_invalid")),
        ("/api/rules/9/switch", {"on": True}, (404, "rule_not_found")),
        ("/api/undo", {"undo_ids": [9]}, (404, "undo_not_found")),
        ("/api/undo", {"undo_ids": []}, (400, "message_invalid")),
    ],
)
def test_what_cannot_be_done_is_coded(
    client: httpx.Client, path: str, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert code(client.post(path, json=body)) == expected


def test_journal_lists_what_can_be_undone(
    client: httpx.Client, library: Library, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", tags=("甲",))
    post(client, "/api/tags/rename", old="甲", new="乙")
    [entry] = client.get("/api/undo").json()["entries"]
    assert (entry["kind"], entry["tags"], entry["target"]) == ("rename", ["甲"], "乙")


# Another process that merges a tag and takes that back, over and over, and goes on where the viewer was first.
_MERGER = """
import sys
import time
from pathlib import Path
from linkshot.errors import InputError
from linkshot.store.library import Library
from linkshot.store.tag_edits import merge_tags
from linkshot.store.undo import undo_last

done = 0
with Library.open(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    for _ in range(40):
        for act in (lambda: merge_tags(library, ["甲"], "乙"), lambda: undo_last(library)):
            try:
                act()
                done += 1
            except InputError:
                pass
            time.sleep(0.01)  # as between commands, so that the other comes in
print(done)
"""


def test_tags_renamed_while_another_process_merges_them_stay_whole(
    client: httpx.Client, library: Library, keep: Keep
) -> None:
    ids = [keep(f"https://a.example/{n}", "<p>1", tags=("甲/一",)).link_id for n in range(30)]
    merger = subprocess.Popen(
        [sys.executable, "-c", _MERGER, library.root], stdout=subprocess.PIPE, text=True
    )
    assert merger.stdout is not None
    merger.stdout.readline()
    statuses = set()
    while merger.poll() is None:
        for old, new in (("甲", "丙"), ("丙", "甲"), ("乙", "丁/戊"), ("丁/戊", "乙")):
            reply = client.post("/api/tags/rename", json={"old": old, "new": new})
            statuses.add(reply.status_code)
    assert int(merger.stdout.read()) > 0
    assert 200 in statuses
    assert statuses <= {200, 404, 409}
    assert verify(library) == []
    assert [len(link_tags(library, link_id)) for link_id in ids] == [1] * 30
