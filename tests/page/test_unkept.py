"""What a person typed in secret, and pixels that only count, are in no copy."""

import re
from pathlib import Path

import pytest

from linkshot.page import unkept
from linkshot.page.rewrite import rewrite_document
from linkshot.page.unkept import PIXEL, is_secret

INJECT = Path(__file__).parents[2] / "extension" / "inject"


@pytest.mark.parametrize(
    "attributes",
    [
        {"type": "password"},
        {"autocomplete": "section-a one-time-code"},
        {"name": "userPwd"},
        {"id": "user-pass"},
        {"name": "yzm"},
        {"placeholder": "请输入短信验证码"},
        {"name": "smscode"},
        {"type": "hidden", "name": "password"},
    ],
)
def test_field_of_a_password_or_code_is_secret(attributes):
    assert is_secret(attributes)


@pytest.mark.parametrize(
    "attributes",
    [
        {"name": "passenger"},
        {"name": "compass"},
        {"name": "postcode"},
        {"id": "spin", "placeholder": "搜索政策"},
        {"type": "button", "name": "smscode"},
        {"type": "checkbox", "name": "remember_password"},
    ],
)
def test_other_fields_are_not_secret(attributes):
    assert not is_secret(attributes)


def rewritten(html: str) -> str:
    return rewrite_document(html, "https://a.example/page", lambda url: f"kept:{url}", {})


def test_secret_that_the_site_served_is_not_stored():
    html = rewritten(
        "<input type=password value=SECRET1><input name=otp value=SECRET2><input value=open>"
    )
    assert "SECRET" not in html and 'value="open"' in html


@pytest.mark.parametrize("source", ["https://count.example/t.gif?1", "//count.example/t.gif"])
def test_counting_pixel_stays_a_pixel_without_its_address(source):
    html = rewritten(f"<img src='{source}' width=1 height='1px' srcset=a.gif onload=alert(1)>")
    assert f'<img src="{PIXEL}" width="1" height="1px">' in html


def test_small_pictures_of_the_site_itself_stay():
    assert "kept:https://a.example/dot.gif" in rewritten("<img src=dot.gif width=1 height=1>")


def test_page_and_host_leave_out_the_same():
    state, images = ((INJECT / name).read_text("utf-8") for name in ("state.js", "images.js"))
    said = dict(re.findall(r"const (secret\w+) =\s+/(.*)/i;", state))
    assert said == {
        "secretCompletion": unkept._SECRET_COMPLETION.pattern,
        "secretName": unkept._SECRET_NAME.pattern,
    }
    assert f"const pixel = '{PIXEL}'" in images
