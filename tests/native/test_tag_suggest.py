"""`tag.suggest` over the wire."""


def test_page_not_kept_gets_the_tags_of_its_site(host, make_page):
    make_page("one").send(host)
    reply = host.call("tag.suggest", page_url="https://example.org/two", title="石油价格")
    assert reply["tags"][:1] == [{"path": "政策", "links": 1, "why": "site"}]


def test_tags_given_are_not_suggested_again(host, make_page):
    make_page("one").send(host)
    reply = host.call("tag.suggest", page_url="https://example.org/two", tags=["政策"])
    assert reply["tags"] == []


def test_link_with_all_its_tags_wants_none(host, make_page):
    link_id = make_page("one").send(host)["saved"]["link_id"]
    assert host.call("tag.suggest", link_id=link_id)["tags"] == []


def test_no_page_is_an_invalid_message(host):
    assert host.call("tag.suggest", title="x")["code"] == "message_invalid"


def test_unknown_link_is_named(host):
    assert host.call("tag.suggest", link_id=99)["code"] == "link_not_found"
