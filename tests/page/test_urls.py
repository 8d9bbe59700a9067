import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkshot.errors import UrlInvalid
from linkshot.page.urls import canonical_url, resolve, site_of, typed_site


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("example.com/x", "https://example.com/x"),
        ("localhost:8000/a", "https://localhost:8000/a"),
        ("HTTP://WWW.Example.COM:80/a/../b/", "http://www.example.com/b"),
        (
            "https://例子.测试/路径?q=中文",
            "https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF%E5%BE%84?q=%E4%B8%AD%E6%96%87",
        ),
        ("https://e.com/%7euser/%e4%b8%ad", "https://e.com/~user/%E4%B8%AD"),
        ("https://e.com/a#part", "https://e.com/a"),
        ("https://e.com/#/route/1", "https://e.com/#/route/1"),
        ("https://e.com/#!page", "https://e.com/#!page"),
        ("https://e.com/#/", "https://e.com/"),
        ("https://e.com/?b=2&utm_source=x&a=1&fbclid=q", "https://e.com/?b=2&a=1"),
        ("https://e.com/?from=timeline&isappinstalled=0", "https://e.com/"),
        ("https://e.com/?from=beijing", "https://e.com/?from=beijing"),
        (
            "https://mp.weixin.qq.com/s?__biz=MzA=&mid=1&idx=1&sn=ab&chksm=c&scene=27#wechat_redirect",
            "https://mp.weixin.qq.com/s?__biz=MzA=&mid=1&idx=1&sn=ab",
        ),
        ("https://mp.weixin.qq.com/s/AbC_d?from=groupmessage", "https://mp.weixin.qq.com/s/AbC_d"),
        (
            "https://m.bilibili.com/video/BV1x?p=2&vd_source=z",
            "https://www.bilibili.com/video/BV1x?p=2",
        ),
        ("https://zh.m.wikipedia.org/wiki/A", "https://zh.wikipedia.org/wiki/A"),
        ("https://user:pw@e.com/", "https://e.com/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[::0001]:80/", "http://[::1]/"),
        ("file:///home/x/页.html#a", "file:///home/x/%E9%A1%B5.html"),
        ("  https://e.com \n", "https://e.com/"),
        ("https://e.com/%%34%31", "https://e.com/%2541"),
    ],
)
def test_address_has_one_known_form(typed, known):
    assert canonical_url(typed) == known


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "hello",
        "not a url.com x",
        "javascript:alert(1)",
        "about:blank",
        "chrome://settings",
        "http://",
        "http://a b/",
        "https://e.com:99999/",
        "http://[::g]/",
        "mailto:a@b.cn",
        "https://x" + "y" * 70_000,
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(UrlInvalid):
        canonical_url(typed)


@given(
    st.sampled_from(
        [
            "https://e.com/",
            "http://mp.weixin.qq.com/s?",
            "e.cn/",
            "file:///",
            "https://bilibili.com/",
        ]
    ),
    st.text(alphabet="ab/.?&=#%!:;@\\ 中2eE5u~", max_size=40),
)
def test_known_form_is_stable(start, rest):
    try:
        once = canonical_url(start + rest)
    except UrlInvalid:
        return
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("b.png", "https://e.com/d/b.png"),
        ("../b c.png?x=é#f", "https://e.com/b%20c.png?x=%C3%A9#f"),
        ("//cdn.cn/a", "https://cdn.cn/a"),
        ("/a%20b/c?d=%2F", "https://e.com/a%20b/c?d=%2F"),
        ("/a/%2e%2E/b", "https://e.com/b"),
        ("https://e.cn/%E4%B8%AD?q", "https://e.cn/%E4%B8%AD?q"),
        ("\\\\cdn.cn\\a", "https://cdn.cn/a"),
        ("?q", "https://e.com/d/p.html?q"),
        ("", "https://e.com/d/p.html"),
        ("#x", "https://e.com/d/p.html#x"),
        ("https:x", "https://e.com/d/x"),
        ("http:x", "http://x/"),
        (" data:text/plain,a b ", "data:text/plain,a b"),
        ("./a/./%2e%2e/b/..", "https://e.com/d/"),
        ("https://e.com:x/", None),
    ],
)
def test_reference_resolves_as_in_a_browser(reference, absolute):
    assert resolve("https://e.com/d/p.html", reference) == absolute


def test_site_is_named_without_its_prefix():
    assert [
        site_of(u)
        for u in ("https://www.gov.cn/x", "http://m.thepaper.cn", "file:///a", "https://m.cn/")
    ] == [
        "gov.cn",
        "thepaper.cn",
        "",
        "m.cn",
    ]


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("gov.cn", "gov.cn"),
        (" WWW.Gov.cn", "gov.cn"),
        ("https://www.gov.cn/", "gov.cn"),
        ("www.gov.cn/zhengce", "gov.cn"),
        ("*.gov.cn", "gov.cn"),
        (".gov.cn", "gov.cn"),
        ("gov.cn:443", "gov.cn"),
        ("cn", "cn"),
        ("localhost", "localhost"),
        ("", ""),
        ("%", "%"),
    ],
)
def test_typed_site_is_one_that_links_have(typed: str, site: str) -> None:
    assert typed_site(typed) == site
