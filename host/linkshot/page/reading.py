"""What reading a page yields."""

from __future__ import annotations

import msgspec


class Policy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The card of a Chinese authority's document; each field "" where the page does not say."""

    doc_number: str = ""
    index_number: str = ""
    office: str = ""
    topic: str = ""
    written: str = ""
    issued: str = ""
    validity: str = ""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says: main text as plain lines, and as clean HTML; dates are ISO days or moments.

    `keywords` come most telling first.
    """

    title: str = ""
    text: str = ""
    html: str = ""
    author: str = ""
    published: str = ""
    site: str = ""
    lang: str = ""
    keywords: list[str] = []
    policy: Policy | None = None
