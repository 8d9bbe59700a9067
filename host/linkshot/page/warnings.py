"""What a receipt warns of: signs that a page is likely not what the person wanted to keep.

Computed while the page is kept, from its stored HTML, so within a few milliseconds: the text is what
stands outside links and menus, and reading stops where there is enough of it. Each word is shown in
both languages by whoever shows a receipt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

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

_PASSWORD = re.compile(r"""<input\b[^<>]*\btype=["']password["']""")
_LOGIN_WORDS = re.compile(
    r"请(先)?登录|登录(后|才)(可以?|才?能|即可|方可)?(查看|阅读|继续)|扫码登录|(log|sign) ?in to (continue|read|view|see)"
    r"|please (log|sign) ?in|you must (log|sign) ?in",
    re.I,
)
# Cloudflare, hCaptcha, reCAPTCHA, DataDome, PerimeterX; GeeTest, Tencent, Aliyun; WeChat's own.
_BOT_MARKS = (
    "cf-chl-",
    "challenge-platform",
    "cf-turnstile",
    "h-captcha",
    "g-recaptcha",
    "datadome",
    "px-captcha",
    "geetest_",
    "tcaptcha",
    "nc_1_wrapper",
    "aliyuncaptcha",
    "secitptpage/verify",
)
_BOT_WORDS = re.compile(
    r"just a moment|checking (if the site|your browser)|verify(ing)? (that )?you are (a )?human"
    r"|unusual traffic|access denied|are you a robot|you have been blocked|enable javascript and cookies"
    r"|安全验证|人机验证|环境异常|访问过于频繁|请完成(下方|以下)?验证|验证码[以后再]?继续|滑块验证|[拖滑]动\S{0,4}滑块"
    r"|您的(访问|请求|操作|IP)[^。\n]{0,20}被(阻断|阻止|拦截|拒绝|封禁)",
    re.I,
)
_NOT_FOUND_TITLE = re.compile(
    r"\b404\b|(page|file) not found|not found$|页面(不存在|未找到|找不到)|找不到(该)?(网页|页面)"
    r"|(内容|文章)(不存在|已(被)?删除)",
    re.I,
)
_THING = r"(页面|网页|内容|文章|信息|微博|帖子|视频|回答)"
_GONE = r"(不存在|未找到|找不到|无法查看|已?经?被\w{0,6}(删除|屏蔽)|已(删除|下架|失效))"
# In a sentence only what was asked for; 该微博已被作者删除 stands at the head of its line.
_NOT_FOUND_TEXT = re.compile(
    r"(the )?page (you('re| are) looking for|cannot be found|could not be found|does not exist)"
    rf"|(访问|查看|请求)的{_THING}{_GONE}|抱歉.{{0,8}}(不存在|已删除)"
    rf"|^\W{{0,3}}(\w{{1,6}}\W{{1,3}})?((此|该){_THING}[^。\n如若请将]{{0,16}}|{_THING}){_GONE}",
    re.I | re.M,
)
# Stored HTML has its names in small letters and its values in double quotes; searched as it is, it
# takes a tenth of the time.
_EMPTY_DIV = re.compile(r"<div\b([^<>]*)>\s*+(?:<template\b[^<>]*></template>\s*+)?</div>")
_APP_ID = re.compile(r"""\bid=["'](?:app|root|__next|__nuxt|main-app)["']""")
_PICTURE = re.compile(r"<img\b([^<>]*)>")
_LAZY = re.compile(r"\bdata-(?:src|original|actualsrc|lazy-src|lazyload)=")
_SHOWN = re.compile(r"""\ssrc(?:set)?=["'][0-9a-f]{64}\.""")
_SKELETONS = ("skeleton", "shimmer", "placeholder-glow")
_SKELETON = re.compile(r"""\bclass="[^"<>]*\b(?:skeleton|shimmer|placeholder-glow)\b""")
_SEEN = re.compile(
    r"<(?:img|svg|math|canvas|video|audio|iframe|frame|object|embed|input|select|button|textarea|progress|meter|hr)\b"
    r"|\burl\("
)
_TAG = re.compile(r"""<(/?)([a-z][^\s/>]*+)(?:[^"<>]++|"[^"]*+")*+>""")
# What stands in these is not the page's own text.
_UNSEEN = frozenset(["style", "script", "title", "template"])
_ASIDE = _UNSEEN | {"a", "nav", "header", "footer", "aside", "svg", "select", "button"}


def page_warnings(title: str, documents: Iterable[str], *, status: int | None = None) -> list[str]:
    """The words that fit the page: its title, its stored HTML and its frames', its HTTP status.

    Frames are looked at only where the page above says hardly anything. A long text silences all but
    the placeholders: articles speak of logins and of missing pages.
    """
    texts: list[str] = []
    htmls: list[str] = []
    nothing_seen = True
    for html in documents:
        htmls.append(html[:_HEAD_BYTES])
        texts.append(shown_text(html, _LITTLE_TEXT + 1))
        nothing_seen = nothing_seen and not texts[-1] and is_blank(html)
        if sum(map(len, texts)) > _HARDLY_ANY_TEXT:
            break
    found = list(_found(title, "\n".join(texts), "".join(htmls), status))
    if htmls and nothing_seen and not found and (status or 0) < 400:
        return [EMPTY_SHELL]
    return found


def is_blank(html: str) -> bool:
    """Has stored HTML neither text nor anything else that can be seen?"""
    return not _SEEN.search(html) and not shown_text(html, 1, aside=_UNSEEN)


def shown_text(html: str, enough: int, *, aside: frozenset[str] = _ASIDE) -> str:
    """Text of stored HTML outside links, menus and the like; it ends with `enough` characters.

    White space does not count.
    """
    pieces: list[str] = []
    size = done = depth = 0
    inside = ""
    for tag in _TAG.finditer(html):
        if not inside:
            words = unescape(html[done : tag.start()]).split()
            if words and not words[0].startswith("<!"):
                pieces.append(" ".join(words))
                size += sum(map(len, words))
            if size >= enough:
                break
            is_aside = not tag[1] and tag[2] in aside and " shadowrootmode=" not in tag[0]
            inside = tag[2] if is_aside else ""
            depth = 1
        elif tag[2] == inside:
            depth += -1 if tag[1] else 1
            inside = inside if depth else ""
        done = tag.end()
    return "\n".join(pieces)


def _found(title: str, text: str, html: str, status: int | None) -> Iterator[str]:
    size = len("".join(text.split()))
    if size <= _LITTLE_TEXT:
        said = f"{title}\n{text}"
        if _BOT_WORDS.search(said) or (size <= _HARDLY_ANY_TEXT and _has_bot_mark(html)):
            yield BOT_CHECK
        if _LOGIN_WORDS.search(said) or (size <= _HARDLY_ANY_TEXT and _PASSWORD.search(html)):
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


def _has_bot_mark(html: str) -> bool:
    lowered = html.lower()
    return any(mark in lowered for mark in _BOT_MARKS)


def _has_placeholders(html: str) -> bool:
    waiting = skeletons = 0
    if " data-" in html:
        pictures = (found[1] for found in _PICTURE.finditer(html))
        waiting = sum(1 for one in pictures if _LAZY.search(one) and not _SHOWN.search(one))
    if any(name in html for name in _SKELETONS):
        skeletons = sum(1 for _ in _SKELETON.finditer(html))
    return waiting >= _MANY_PLACEHOLDERS or skeletons >= _MANY_PLACEHOLDERS
