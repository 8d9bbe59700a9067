"""The viewer's API through a real server."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import httpx
import pytest
from tests.bad_tags import BAD_TAGS

from linkshot.page.reading import Reading
from linkshot.store.library import Library
from linkshot.store.readings import save_reading
from linkshot.store.records import SavedSnapshot
from linkshot.store.snapshots import set_thumbnail
from linkshot.viewer.api.table import HANDLERS
from linkshot.viewer.wire import LANGUAGE_HEADER

Keep = Callable[..., SavedSnapshot]

NOON = dt.datetime(2026, 5, 8, 12, 0, tzinfo=dt.UTC)
JPEG = b"\xff\xd8\xff\xe0 not a real picture"


def code(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def test_list_names_every_link(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策/产业",))
    keep("https://a.example/2", "<p>2", title="二")
    answer = client.get("/api/links").json()
    assert (answer["total"], {link["title"] for link in answer["links"]}) == (2, {"一", "二"})


def test_list_filters_by_tag_and_what_is_below(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策/产业",))
    keep("https://a.example/2", "<p>2", title="二")
    answer = client.get("/api/links", params={"tag": "政策"}).json()
    assert [link["title"] for link in answer["links"]] == ["一"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=100000", "limit=x", "offset=-1", "order=colour"]
)
def test_list_argument_out_of_bounds_is_refused(client: httpx.Client, query: str) -> None:
    assert code(client.get(f"/api/links?{query}")) == (400, "message_invalid")


def test_link_shows_all_versions(client: httpx.Client, keep: Keep) -> None:
    first = keep("https://a.example/1", "<p>1", title="一")
    keep("https://a.example/1", "<p>2", title="一", captured_at=NOON.replace(day=9))
    answer = client.get(f"/api/links/{first.link_id}").json()
    assert [one["captured_at"][:10] for one in answer["snapshots"]] == ["2026-05-09", "2026-05-08"]


def test_missing_things_are_coded_in_both_languages(client: httpx.Client) -> None:
    chinese = {"X-Linkshot-Language": "zh"}
    assert client.get("/api/links/9").json() == {
        "code": "link_not_found",
        "message": "The library has no link 9.",
        "detail": {"link": "9"},
    }
    assert client.get("/api/links/9", headers=chinese).json()["message"] == "库中没有链接 9。"
    assert code(client.get("/api/snapshots/9")) == (404, "snapshot_not_found")
    assert code(client.get("/api/snapshots/9/text")) == (404, "snapshot_not_found")
    assert code(client.get("/api/thumbnails/9")) == (404, "snapshot_not_found")
    assert client.get("/api/captures?ids=9").json() == []
    assert code(client.get("/api/nonsense")) == (404, "action_unknown")


def test_search_is_narrowed_to_a_state(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="集成电路", tags=("政策",))
    plain = keep("https://a.example/2", "<p>2", title="集成电路").link_id
    for query in ("电路", "jcdl", "电路 (", "政策 OR 电路"):
        answer = client.get("/api/search", params={"q": query, "state": "untagged"}).json()
        assert {hit["link_id"] for hit in answer["hits"]} <= {plain}, query
    assert code(client.get("/api/search?q=a&state=nonsense")) == (400, "message_invalid")


def test_search_says_why_a_link_is_found(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="集成电路 与电路", tags=("电路/芯片", "其他"))
    hit = client.get("/api/search", params={"q": "电路"}).json()["hits"][0]
    assert (hit["title"], hit["marked_title"], hit["found_tags"]) == (
        "集成电路 与电路",
        "集成\u0002电路\u0003 与\u0002电路\u0003",
        ["电路/芯片"],
    )


def test_search_goes_by_the_date_of_the_page(
    library: Library, client: httpx.Client, keep: Keep
) -> None:
    saved = keep("https://a.example/1", "<p>1", title="通知")
    keep("https://a.example/2", "<p>2", title="通知")
    save_reading(library, saved.snapshot_id, Reading(title="通知", published="2021-03-04"))
    hits = client.get("/api/search", params={"q": "通知"}).json()["hits"]
    assert sorted(hit["dated_on"] for hit in hits) == ["2021-03-04", "2026-05-08"]
    hits = client.get("/api/search", params={"q": "通知 早于:2022"}).json()["hits"]
    assert [hit["link_id"] for hit in hits] == [saved.link_id]


def test_search_finds_a_two_character_word(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="通知", text="促进集成电路产业发展")
    answer = client.get("/api/search", params={"q": "电路"}).json()
    assert answer["total"] == 1
    assert answer["hits"][0]["snippet"] == "促进集成\u0002电路\u0003产业发展"


def test_tags_are_added_and_removed(client: httpx.Client, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1", tags=("旧",)).link_id
    reply = client.post(f"/api/links/{link}/tags", json={"add": ["政策/环境"], "remove": ["旧"]})
    assert reply.json() == {"tags": ["政策/环境"], "undo_ids": [1]}


@pytest.mark.parametrize("tag", BAD_TAGS)
def test_bad_tag_is_told_in_the_pages_language_and_changes_nothing(
    client: httpx.Client, keep: Keep, tag: str
) -> None:
    link = keep("https://a.example/1", "<p>1", tags=("旧",)).link_id
    code_of_it, *words = BAD_TAGS[tag]
    for language, said in zip(("en", "zh"), words, strict=True):
        reply = client.post(
            f"/api/links/{link}/tags",
            json={"add": ["新", tag], "remove": ["旧"]},
            headers={LANGUAGE_HEADER: language},
        )
        assert (code(reply), reply.json()["message"]) == ((400, code_of_it), said)
    assert client.get(f"/api/links/{link}").json()["link"]["tags"] == ["旧"]


def test_completion_offers_tags_by_their_beginning(client: httpx.Client, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("政策/产业", "新闻"))
    answer = client.get("/api/tags/complete", params={"text": "产"}).json()
    assert [tag["path"] for tag in answer["tags"]] == ["政策/产业"]


def test_star_and_note_are_kept(client: httpx.Client, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1").link_id
    assert client.post(f"/api/links/{link}/star", json={"starred": True}).json()["starred"] is True
    assert client.post(f"/api/links/{link}/note", json={"note": "引"}).json()["note"] == "引"


def test_note_over_the_limit_is_refused(client: httpx.Client, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1").link_id
    reply = client.post(f"/api/links/{link}/note", json={"note": "长" * 100_001})
    assert code(reply) == (400, "note_too_long")


def test_trash_answers_what_undo_is_to_bring_back(client: httpx.Client, keep: Keep) -> None:
    links = [keep(f"https://a.example/{number}", "<p>1").link_id for number in range(2)]
    client.post("/api/trash", json={"link_ids": links[:1]})
    assert client.post("/api/trash", json={"link_ids": links}).json() == {"link_ids": links[1:]}
    assert client.post("/api/trash", json={"link_ids": links}).json() == {"link_ids": []}


def test_trash_is_undone(client: httpx.Client, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1").link_id
    client.post("/api/trash", json={"link_ids": [link]})
    assert client.get("/api/session").json()["counts"] == {
        "all": 0,
        "starred": 0,
        "untagged": 0,
        "trashed": 1,
    }
    client.post("/api/trash/restore", json={"link_ids": [link]})
    assert client.get("/api/links").json()["total"] == 1


@pytest.mark.parametrize("body", ["", "{", "[]", '{"link_ids": "1"}', '{"link_ids": []}', "\xff"])
def test_unreadable_body_is_refused(client: httpx.Client, body: str) -> None:
    reply = client.post(
        "/api/trash",
        content=body.encode("latin-1"),
        headers={"Content-Type": "application/json"},
    )
    assert code(reply) == (400, "message_invalid")


def test_form_body_is_refused(client: httpx.Client) -> None:
    assert code(client.post("/api/trash", data={"link_ids": "1"})) == (400, "message_invalid")


def test_huge_body_is_refused(client: httpx.Client) -> None:
    reply = client.post("/api/trash", json={"link_ids": [1] * 600_000})
    assert code(reply) == (413, "message_too_large")


def test_wrong_method_is_refused(client: httpx.Client) -> None:
    assert code(client.delete("/api/links/1")) == (404, "action_unknown")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://a.example/", "not an address"])
def test_entered_address_that_is_none_is_refused(client: httpx.Client, url: str) -> None:
    answer = client.post("/api/captures", json={"urls": [url]}).json()
    assert [(one["url"], one["code"]) for one in answer["refused"]] == [(url, "url_invalid")]
    assert (answer["begun"], client.get("/api/captures/waiting").json()) == ([], [])


def test_live_page_opens_the_kept_address(
    client: httpx.Client, keep: Keep, opened: list[str]
) -> None:
    snapshot = keep("https://a.example/1?q=%E6%94%BF", "<p>1").snapshot_id
    answer = client.post(f"/api/snapshots/{snapshot}/live", json={}).json()
    assert answer == {"url": "https://a.example/1?q=%E6%94%BF", "opened": True}
    assert opened == ["https://a.example/1?q=%E6%94%BF"]


def test_thumbnail_of_an_older_version_serves_the_newer(
    client: httpx.Client, library: Library, keep: Keep
) -> None:
    first = keep("https://a.example/1", "<p>1")
    second = keep("https://a.example/1", "<p>2", captured_at=NOON.replace(day=9))
    set_thumbnail(library, first.snapshot_id, "image/jpeg", JPEG)
    reply = client.get(f"/api/thumbnails/{second.snapshot_id}")
    assert (reply.headers["Content-Type"], reply.content) == ("image/jpeg", JPEG)


def test_thumbnail_that_could_hold_script_is_not_shown(
    client: httpx.Client, library: Library, keep: Keep
) -> None:
    snapshot = keep("https://a.example/1", "<p>1").snapshot_id
    set_thumbnail(library, snapshot, "image/svg+xml", b"<svg/>")
    assert code(client.get(f"/api/thumbnails/{snapshot}")) == (404, "resource_not_found")


def test_stream_tells_of_changes_by_others(client: httpx.Client, keep: Keep) -> None:
    with client.stream("GET", "/api/changes", timeout=60) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 1000"
        keep("https://a.example/1", "<p>1")
        assert next(line for line in lines if line.startswith("event")) == "event: changed"


# What each request with a number in its address needs besides.
BODIES = {
    "star": {"starred": True},
    "note": {"note": ""},
    "tags": {"add": ["新"]},
    "switch": {"on": True},
}
NUMBERED = [(method, path) for method, path, _ in HANDLERS if "<int:" in path]
NOBODYS = (0, 2**63, 10**30)
NOT_THERE = {
    "link_not_found",
    "snapshot_not_found",
    "rule_not_found",
    "undo_not_found",
    "action_unknown",
    "input_invalid",
}


@pytest.mark.parametrize(("method", "path"), NUMBERED)
def test_number_that_nothing_has_is_coded_in_an_address(
    client: httpx.Client, method: str, path: str
) -> None:
    body = BODIES.get(path.rsplit("/", 1)[1], {})
    for number in (*map(str, NOBODYS), "9" * 399, "9" * 5_000):
        at = re.sub("<int:.*?>", number, path)
        reply = client.request(method, at, json=body if method == "POST" else None)
        assert (reply.status_code in (400, 404), reply.json()["code"] in NOT_THERE) == (True, True)


@pytest.mark.parametrize("number", [-1, *NOBODYS])
@pytest.mark.parametrize(
    ("at", "body"),
    [
        ("/api/trash", {"link_ids": [0]}),
        ("/api/trash/restore", {"link_ids": [0]}),
        ("/api/links/tags", {"link_ids": [0], "add": ["新"]}),
        ("/api/tags/split", {"tag": "旧", "into": ["新"], "link_ids": [0]}),
        ("/api/undo", {"undo_ids": [0]}),
    ],
)
def test_number_that_nothing_has_is_coded_in_a_body(
    client: httpx.Client, keep: Keep, at: str, body: dict[str, object], number: int
) -> None:
    link = keep("https://a.example/1", "<p>1", tags=("旧",)).link_id
    named = {name: [number] if value == [0] else value for name, value in body.items()}
    reply = client.post(at, json=named)
    assert reply.status_code in (400, 404)
    assert reply.json()["code"] in NOT_THERE | {"message_invalid"}
    assert client.get(f"/api/links/{link}").json()["link"]["tags"] == ["旧"]


@pytest.mark.parametrize("at", ["/api/links", "/api/search?q=a"])
@pytest.mark.parametrize("number", [2**63, 10**30])
def test_part_of_a_list_beyond_all_is_coded(client: httpx.Client, at: str, number: int) -> None:
    reply = client.get(at, params={"q": "a", "offset": number})
    assert reply.status_code == 200 or code(reply)[1] in ("input_invalid", "message_invalid")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"\xff", b"[" * 100_000, b'{"a":' * 50_000, b'{"note":"\\ud800"}']
)
def test_body_that_is_no_message_is_invalid(client: httpx.Client, keep: Keep, body: bytes) -> None:
    link = keep("https://a.example/1", "<p>1").link_id
    headers = {"Content-Type": "application/json"}
    reply = client.post(f"/api/links/{link}/note", content=body, headers=headers)
    assert code(reply) == (400, "message_invalid")
