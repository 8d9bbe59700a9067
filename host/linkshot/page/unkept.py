"""What no snapshot keeps though the page has it: what a person typed in secret, and pixels that only count visitors.

`extension/inject` leaves both out before they cross to the host, by the same tests (state.js, images.js).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

# https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill
_SECRET_COMPLETION = re.compile(
    r"one-time-code|current-password|new-password|cc-csc|cc-number", re.I
)
# Sites show a password as text, and mark few codes: what a field is called tells the rest.
_SECRET_NAME = re.compile(
    r"(?:^|[^a-z])pass(?![a-z])|passw(?:or)?d|passcode|passphrase|pwd|(?:^|[^a-z])(?:otp|cvv|cvc|pin)(?![a-z])|captcha|yzm"
    r"|(?:sms|verify|verification|valid|check|auth|security|dynamic)[ _-]?code|密码|口令|验证码|校验码|动态码",
    re.I,
)
_NAMES = ("id", "name", "placeholder", "aria-label")
_WITHOUT_TEXT = frozenset(["button", "submit", "reset", "image", "checkbox", "radio", "file"])
_PIXEL_SIDE = re.compile(r"\s*[0-2](?:px)?\s*")


def is_secret(attributes: Mapping[str, str | None]) -> bool:
    """Is this the `<input>` of a password, a code or a card number?"""
    kind = (attributes.get("type") or "").strip().lower()
    if kind in _WITHOUT_TEXT:
        return False
    called = " ".join(attributes.get(name) or "" for name in _NAMES)
    return (
        kind == "password"
        or _SECRET_COMPLETION.search(attributes.get("autocomplete") or "") is not None
        or _SECRET_NAME.search(called) is not None
    )


def is_counting_pixel(attributes: Mapping[str, str | None], page_url: str) -> bool:
    """Is this an `<img>` from another site and of no size to be seen?"""
    sides = (attributes.get("width") or "", attributes.get("height") or "")
    source = urlsplit((attributes.get("src") or "").strip())
    is_elsewhere = source.netloc != "" and source.netloc != urlsplit(page_url).netloc
    return is_elsewhere and all(map(_PIXEL_SIDE.fullmatch, sides))
