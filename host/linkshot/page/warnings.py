"""What a receipt warns of: signs that a page is likely not what the person wanted to keep.

Computed from what was read of the page and from its stored HTML; each word is shown in both
languages by whoever shows a receipt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LOGIN_WALL = "login_wall"
BOT_CHECK = "bot_check"
EMPTY_SHELL = "empty_shell"
NOT_FOUND = "soft_404"
PLACEHOLDERS = "placeholders_left"

# A page with more text than this says something, whatever else stands in it.
_LITTLE_TEXT = 600
_HARDLY_ANY_TEXT = 80
_MANY_PLACEHOLDERS = 3
_HEAD_BYTES = 400_000

_PASSWORD = re.compile(r"""<input\b[^<>]*\btype\s*=\s*["']?password""", re.I)
_LOGIN_WORDS = re.compile(
    r"请(先)?登录|登录后(可|才能|即可)?(查看|阅读|继续)|扫码登录|(log|sign) ?in to (continue|read|view|see)"
    r"|please (log|sign) ?in|you must (log|sign) ?in",
    re.I,
)
# Cloudflare, hCaptcha, reCAPTCHA, DataDome, PerimeterX; GeeTest, Tencent, Aliyun; WeChat's own.
_BOT_MARKS = re.compile(
    r"cf-chl-|challenge-platform|cf-turnstile|h-captcha|g-recaptcha|datadome|px-captcha"
    r"|geetest_|tcaptcha|nc_1_wrapper|aliyunCaptcha|secitptpage/verify",
    re.I,
)
_BOT_WORDS = re.compile(
    r"just a moment|checking (if the site|your browser)|verify(ing)? (that )?you are (a )?human"
    r"|unusual traffic|access denied|are you a robot|安全验证|人机验证|环境异常|访问过于频繁|请完成验证|滑块验证",
    re.I,
)
_NOT_FOUND_TITLE = re.compile(
    r"\b404\b|(page|file) not found|not found$|页面(不存在|未找到|找不到)|找不到(该)?(网页|页面)"
    r"|(内容|文章)(不存在|已(被)?删除)",
    re.I,
)
_NOT_FOUND_TEXT = re.compile(
    r"(the )?page (you('re| are) looking for|cannot be found|could not be found|does not exist)"
    r"|您?(访问|查看|请求)的(页面|网页|内容|文章)(不存在|已(被)?删除|找不到)|该内容已被(发布者)?删除|抱歉.{0,8}(不存在|已删除)",
    re.I,
)
_EMPTY_DIV = re.compile(r"<div\b([^<>]*)>\s*(?:<template></template>)?\s*</div>", re.I)
_APP_ID = re.compile(r"""\bid\s*=\s*["']?(?:app|root|__next|__nuxt|main-app)\b""", re.I)
_PICTURE = re.compile(r"<img\b([^<>]*)>", re.I)
_LAZY = re.compile(r"\bdata-(?:src|original|actualsrc|lazy-src|lazyload)\s*=", re.I)
_SHOWN = re.compile(r"""\ssrc\s*=\s*["']?[0-9a-f]{64}\.""", re.I)
_SKELETON = re.compile(
    r"""\bclass\s*=\s*["'][^"'<>]*\b(?:skeleton|shimmer|placeholder-glow)\b""", re.I
)


def page_warnings(title: str, text: str, html: str, *, status: int | None = None) -> list[str]:
    """The words that fit the page: its title, its main text, its stored HTML, its HTTP status.

    A long text silences all but the placeholders: articles speak of logins and of missing pages.
    """
    return list(_found(title, text, html[:_HEAD_BYTES], status))


def _found(title: str, text: str, html: str, status: int | None) -> Iterator[str]:
    size = len("".join(text.split()))
    if size <= _LITTLE_TEXT:
        said = f"{title}\n{text}"
        if _BOT_WORDS.search(said) or (_BOT_MARKS.search(html) and size <= _HARDLY_ANY_TEXT):
            yield BOT_CHECK
        if _LOGIN_WORDS.search(said) or (_PASSWORD.search(html) and size <= _HARDLY_ANY_TEXT):
            yield LOGIN_WALL
        if (status is None or status < 400) and _says_not_found(title, text):
            yield NOT_FOUND
    if size <= _HARDLY_ANY_TEXT and _is_shell(html):
        yield EMPTY_SHELL
    if _has_placeholders(html):
        yield PLACEHOLDERS


def _says_not_found(title: str, text: str) -> bool:
    return bool(_NOT_FOUND_TITLE.search(title.strip()) or _NOT_FOUND_TEXT.search(text))


def _is_shell(html: str) -> bool:
    return any(_APP_ID.search(found[1]) for found in _EMPTY_DIV.finditer(html))


def _has_placeholders(html: str) -> bool:
    pictures = (found[1] for found in _PICTURE.finditer(html))
    waiting = sum(1 for one in pictures if _LAZY.search(one) and not _SHOWN.search(one))
    skeletons = sum(1 for _ in _SKELETON.finditer(html))
    return waiting >= _MANY_PLACEHOLDERS or skeletons >= _MANY_PLACEHOLDERS
