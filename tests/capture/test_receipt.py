"""What a receipt warns of, and that every word of it is explained wherever a receipt is shown."""

import json

import pytest
from tests.conftest import REPOSITORY

from linkshot.capture.keep import keep
from linkshot.cli.receipt import WARNINGS

SENTENCE = "关于促进产业发展的若干措施已经印发，请各单位认真贯彻执行。"
PAGES = {
    "login_wall": "<title>登录</title><form>手机号<input><input type=password>扫码登录</form>",
    "bot_check": "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>",
    "empty_shell": "<title>App</title><div id=app></div><script src=app.js></script>",
    "soft_404": "<title>页面不存在</title><p>抱歉，您访问的页面不存在或已删除。",
    "placeholders_left": f"<title>图</title><p>{SENTENCE * 30}" + "<img class=skeleton>" * 4,
}


@pytest.mark.parametrize("word", PAGES)
def test_receipt_says_what_is_likely_wrong(library, site, word):
    saved = keep(library, site.put("/", PAGES[word]), via="http")
    assert saved.receipt.warnings == [word]


def test_article_with_a_login_in_its_head_is_not_warned_of(library, site):
    page = f"<title>通知</title><header>请登录</header><article><p>{SENTENCE * 30}</article>"
    assert keep(library, site.put("/", page), via="http").receipt.warnings == []


def test_picture_says_nothing(library, site):
    url = site.put("/a.png", b"\x89PNG\r\n\x1a\n", media_type="image/png")
    assert keep(library, url, via="http").receipt.warnings == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_warning_has_words_in_popup_and_window(language):
    locale = {"en": "en", "zh": "zh_CN"}[language]
    popup = json.loads((REPOSITORY / f"extension/_locales/{locale}/messages.json").read_text())
    window = json.loads(
        (REPOSITORY / f"host/linkshot/viewer/pages/i18n/{language}.json").read_text()
    )
    assert {key for key in popup if key.startswith("warning_")} == {
        f"warning_{w}" for w in WARNINGS
    }
    assert {key for key in window if key.startswith("warning.")} == {
        f"warning.{w}" for w in WARNINGS
    }
