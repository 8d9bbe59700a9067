import gzip

import pytest
from tests.growth import grows_in_step

from linkshot.capture.http_page import prepare_page
from linkshot.page.charset import decode_html
from linkshot.page.rewrite import rewrite_document
from linkshot.page.warnings import page_warnings, shown_text

NAME = "a" * 64 + ".png"
PAGE = "http://e.com/"
GONE = ("deleted-01.html.gz", "unavailable-01.html.gz")


@pytest.mark.parametrize(
    ("title", "html", "warnings"),
    [
        ("通知", "<p>" + "关于产业政策的通知。" * 100 + "</p>", []),
        ("登录", "<p>请先登录</p><input name=p type='password'>", ["login_wall"]),
        ("Sign in", '<input type="password">', ["login_wall"]),
        ("短文", "<a>请先登录</a><p>今天天气很好。</p>", []),
        ("Just a moment...", '<div class="cf-turnstile"></div>', ["bot_check"]),
        ("", "<p>环境异常,完成验证后即可继续访问</p>", ["bot_check"]),
        ("App", "<body><div id=root></div></body>", ["empty_shell"]),
        ("App", '<div id="app"><script>x</script></div>', ["empty_shell"]),
        (
            "",
            '<div id="app"><script type="application/ld+json">{"a": "<b>"}</script></div>',
            ["empty_shell"],
        ),
        ("Gone", "<body><style>p {}</style><p title=x> </p></body>", ["empty_shell"]),
        ("图", '<p style="background: url(a)"></p>', []),
        ("根", "<x-a><template shadowrootmode=open><p>有字</p></template></x-a>", []),
        ("目录", "<a>第一章</a>", []),
        ("404 - 页面不存在", "<p>返回首页</p>", ["soft_404"]),
        ("某站", "<p>您访问的页面不存在</p>", ["soft_404"]),
        ("x", "<p>y</p>" + "<img data-src=a src='gone.png'>" * 3, ["placeholders_left"]),
        ("x", "<p>y</p>" + "<img data-src=a src=/kept>" * 3, []),
        ("x", "<p>y</p>" + "<i class='card skeleton'></i>" * 3, ["placeholders_left"]),
        (
            "如何处理 404",
            "<p>" + "页面不存在时怎么办,登录后查看。" * 100 + "</p><input type=password>",
            [],
        ),
    ],
)
def test_page_is_warned_of_by_its_signs(title, html, warnings):
    stored = rewrite_document(html, PAGE, {f"{PAGE}kept": NAME}.get, {})
    assert page_warnings(title, [stored]) == warnings


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ("此内容因违规无法查看", "soft_404"),
        ("此内容被投诉且经审核涉嫌侵权，无法查看", "soft_404"),
        ("抱歉，此微博已被作者删除。查看帮助", "soft_404"),
        ("文章不存在或已删除", "soft_404"),
        ("该信息已被删除", "soft_404"),
        ("您所访问的页面未找到", "soft_404"),
        ("请输入验证码以继续访问", "bot_check"),
        ("请完成下方验证后继续访问", "bot_check"),
        ("请拖动滑块完成拼图", "bot_check"),
        ("您的访问被阻断", "bot_check"),
        ("您的请求可能对网站造成安全威胁，已被拦截", "bot_check"),
        ("Sorry, you have been blocked", "bot_check"),
        ("Enable JavaScript and cookies to continue", "bot_check"),
        ("本文需要登录才能阅读", "login_wall"),
    ],
)
def test_line_that_refuses_the_page_is_heard(line, warning):
    assert page_warnings("某站", [f"<div><p>{line}</p></div>"]) == [warning]


@pytest.mark.parametrize(
    "line",
    [
        "涉事博主随后致歉，目前该微博已被删除。",
        "该信息如有不实将被删除",
        "本市访问量的增长被阻断",
        "手机号、验证码",
        "登录后可以评论",
    ],
)
def test_short_text_that_speaks_of_such_things_is_left_alone(line):
    assert page_warnings("短讯", [f"<div><p>{line}</p></div>"]) == []


@pytest.mark.parametrize(
    ("html", "warnings"),
    [
        (f"<style>{'p{color:red}' * 50_000}</style><p>正文。</p>", []),
        (f"<style>{'p{color:red}' * 50_000}</style><a>目录</a>", []),
        (f"<p>{'长' * 500_000}</p>", []),
        (f"<style>{'p{color:red}' * 50_000}</style><p></p>", ["empty_shell"]),
    ],
    ids=["style", "style and link", "paragraph", "style alone"],
)
def test_what_stands_behind_much_is_seen(html, warnings):
    assert page_warnings("", [html]) == warnings


def test_known_error_status_needs_no_second_word():
    assert page_warnings("404 Not Found", ["<p></p>"], status=404) == []


def test_picture_or_file_is_no_empty_page():
    assert page_warnings("a.png", []) == []


def test_frame_speaks_where_the_page_above_is_silent():
    assert page_warnings("x", ["<p></p>", "<p>请先登录</p>"]) == ["login_wall"]


def test_text_is_what_stands_outside_links_and_menus():
    html = (
        '<!doctype html><title>t</title><nav><nav>m</nav>n</nav><p title="a>b">一 <a>x</a>&lt;</p>'
    )
    assert shown_text(html, 100) == "一\n<"


def test_real_articles_are_hardly_ever_warned_of(corpus):
    """Of the corpus's 1,014 articles seven are: five with pictures left lazy, two with a login's words."""
    warned = {}
    for path in sorted((corpus / "articles").glob("*/*.html.gz"))[::12]:
        if ".expected." not in path.name and path.name not in GONE:
            warned[path.name] = _warnings_of(path)
    assert len(warned) > 70
    assert sum(map(bool, warned.values())) <= 1


@pytest.mark.parametrize("name", GONE)
def test_real_page_that_was_deleted_says_so(corpus, name):
    assert _warnings_of(corpus / "articles/wechat" / name) == ["soft_404"]


@pytest.mark.parametrize(
    "unit", ["<img ", '<img data-src="', '<div id="app">', 'class="', "<input ", "<a ", "<nav>"]
)
def test_time_grows_in_step_with_repeated_input(unit):
    assert grows_in_step(lambda times: page_warnings("", [unit * times]), 200_000 // len(unit))


def test_time_grows_in_step_with_white_space():
    assert grows_in_step(lambda times: page_warnings("", ["<div>" + " " * times]), 40_000)


def _warnings_of(path):
    """As a reader without scripts keeps it, every picture there."""
    html, _ = decode_html(gzip.decompress(path.read_bytes()), "")
    page = prepare_page(html, PAGE)
    return page_warnings(
        page.title, [rewrite_document(page.html, page.base_url, lambda _: NAME, {})]
    )
