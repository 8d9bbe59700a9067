import time

import pytest

from linkshot.page.warnings import page_warnings

NAME = "a" * 64 + ".png"


@pytest.mark.parametrize(
    ("title", "text", "html", "warnings"),
    [
        ("通知", "关于产业政策的通知。" * 100, "<p>", []),
        ("登录", "请先登录", "<input name=p type='password'>", ["login_wall"]),
        ("Sign in", "", '<input type="password">', ["login_wall"]),
        ("Just a moment...", "", "<div class=cf-turnstile>", ["bot_check"]),
        ("", "环境异常,完成验证后即可继续访问", "<p>", ["bot_check"]),
        ("App", "", "<body><div id=root></div></body>", ["empty_shell"]),
        ("App", "", '<div id="app"><template></template></div>', ["empty_shell"]),
        ("404 - 页面不存在", "返回首页", "<p>", ["soft_404"]),
        ("某站", "您访问的页面不存在", "<p>", ["soft_404"]),
        ("x", "y", "<img data-src=a src='data:,'>" * 3, ["placeholders_left"]),
        ("x", "y", f"<img data-src=a src={NAME}>" * 3, []),
        ("x", "y", "<i class='card skeleton'></i>" * 3, ["placeholders_left"]),
        ("如何处理 404", "页面不存在时怎么办,登录后查看。" * 100, "<input type=password>", []),
    ],
)
def test_page_is_warned_of_by_its_signs(title, text, html, warnings):
    assert page_warnings(title, text, html) == warnings


def test_known_error_status_needs_no_second_word():
    assert page_warnings("404 Not Found", "", "<p>", status=404) == []


@pytest.mark.parametrize(
    "unit", ["<img ", "<img data-src=", '<div id="app">', "class='", "<input "]
)
def test_repeated_input_takes_bounded_time(unit):
    start = time.process_time()
    page_warnings("", "", unit * (400_000 // len(unit)))
    assert time.process_time() - start < 3
