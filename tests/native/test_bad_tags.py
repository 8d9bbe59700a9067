"""A tag that is no tag, over the wire: its code, its message in the browser's language, and nothing is changed."""

import pytest
from tests.bad_tags import BAD_TAGS

from .conftest import HELLO


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_bad_tag_is_refused_with_its_code_in_the_browsers_language(start_host, make_page, language):
    host = start_host()
    assert host.call("hello", **{**HELLO, "language": language})["ok"]
    link_id = make_page("kept").send(host)["saved"]["link_id"]
    begun, tagged = [], []
    for tag in BAD_TAGS:
        page = make_page("refused")
        page.plan["tags"] = ["政策", tag]
        begun.append(page.send(host))
        tagged.append(host.call("link.tag", link_id=link_id, add=["新", tag], remove=["政策"]))
    expected = [(code, zh if language == "zh-CN" else en) for code, en, zh in BAD_TAGS.values()]
    assert [(reply["code"], reply["message"]) for reply in begun] == expected
    assert [(reply["code"], reply["message"]) for reply in tagged] == expected
    assert host.call("link.status", url="https://example.org/kept")["tags"] == ["政策"]
    assert host.call("link.status", url="https://example.org/refused")["link_id"] is None
