"""A page as served made ready to be kept without running its scripts.

What scripts would do for a reader is done here as far as it can be told: lazy pictures come from
their `data-` attributes, `noscript` stands open, one candidate of each srcset is chosen, frames get
their keys.
"""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkshot.capture.http_lazy import wake_lazy
from linkshot.page.markup_bounds import bound_markup
from linkshot.page.rewrite import FRAME_KEY, serialise
from linkshot.page.rewrite_rules import candidates
from linkshot.page.urls import resolve, without_fragment

_REFRESH = re.compile(r"\s*(\d*)(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.I)
_MAX_REFRESH_SECONDS = 5
_WANTED_WIDTH = 1280
_WANTED_DENSITY = 2.0


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A frame that a document holds: its key, and its address or its own text.

    `is_object` where it may be a picture or a PDF as well as a document.
    """

    key: str
    url: str
    text: str | None = None
    is_object: bool = False


class PreparedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A document ready for its capture; `styles` are the texts of its `<style>` elements.

    `charsets` are the encodings that it names for sheets, by their addresses.
    """

    html: str
    base_url: str
    title: str
    frames: list[Frame]
    styles: list[str]
    charsets: dict[str, str] = {}


def prepare_page(
    html: str, url: str, key: str = "", *, opens_noscript: bool = True
) -> PreparedPage:
    """The document at `url` as a reader without scripts should get it; `key` is its own frame key.

    Without `opens_noscript` what it says to such a reader alone is left out.
    """
    # Read as one that runs scripts does: else words of a `noscript` in the head stand in the body.
    parser = LexborHTMLParser(html, scripting=not opens_noscript)
    base_url = _base_url(parser, url)
    if opens_noscript:
        parser.unwrap_tags(["noscript"])
    else:
        parser.strip_tags(["noscript"])
    wake_lazy(parser)
    for node in parser.css("[srcset]"):
        _choose(node)
    _show_hidden_article(parser)
    frames = _name_frames(parser, base_url, key)
    return PreparedPage(
        html=serialise(parser, html),
        base_url=base_url,
        title=_title(parser),
        frames=frames,
        styles=[node.text() for node in parser.css("style")],
        charsets=_charsets(parser, base_url),
    )


def refresh_target(html: str, url: str) -> str | None:
    """Where a page sends its reader on at once by `<meta http-equiv=refresh>`; None where it does not."""
    if "refresh" not in html[:100_000].lower():
        return None
    parser = LexborHTMLParser(bound_markup(html), scripting=True)
    for node in parser.css("meta[http-equiv]"):
        attributes = node.attributes
        if (attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        found = _REFRESH.match(attributes.get("content") or "")
        if not found or not found[2].strip() or int(found[1] or 0) > _MAX_REFRESH_SECONDS:
            return None
        target = resolve(_base_url(parser, url), found[2])
        if (
            target
            and target.startswith("http")
            and without_fragment(target) != without_fragment(url)
        ):
            return target
    return None


def _base_url(parser: LexborHTMLParser, url: str) -> str:
    for node in parser.css("base[href]"):
        base = resolve(url, node.attributes.get("href") or "")
        return base if base and base.startswith(("http:", "https:", "file:")) else url
    return url


def _charsets(parser: LexborHTMLParser, base_url: str) -> dict[str, str]:
    links = [node.attributes for node in parser.css("link[href][charset]")]
    named = ((resolve(base_url, one.get("href") or ""), one.get("charset")) for one in links)
    return {without_fragment(url): charset for url, charset in named if url and charset}


def _title(parser: LexborHTMLParser) -> str:
    node = parser.css_first("head title") or parser.css_first("title")
    return " ".join(node.text().split())[:10_000] if node else ""


def _choose(node: LexborNode) -> None:
    """Leave the one candidate that a large screen takes: the others need not be kept."""
    found = candidates(node.attributes.get("srcset") or "")
    if not found:
        return
    address, descriptor = min(found, key=lambda candidate: _distance(candidate[1]))
    node.attrs["srcset"] = f"{address} {descriptor}".strip()


def _distance(descriptor: str) -> float:
    """How far a candidate is from what is wanted; too small counts more."""
    number, unit = descriptor[:-1], descriptor[-1:]
    try:
        value = float(number) if number else 1.0
    except ValueError:
        return 1e9
    ratio = value / _WANTED_WIDTH if unit == "w" else value / _WANTED_DENSITY
    return ratio - 1 if ratio >= 1 else (1 - ratio) * 4


def _show_hidden_article(parser: LexborHTMLParser) -> None:
    """WeChat hides an article's text until its script has run."""
    node = parser.css_first("#js_content[style]")
    if node is not None:
        style = node.attributes.get("style") or ""
        node.attrs["style"] = re.sub(r"(visibility|opacity)\s*:[^;]*;?", "", style)


def _name_frames(parser: LexborHTMLParser, base_url: str, key: str) -> list[Frame]:
    frames: list[Frame] = []
    for node in parser.css("iframe,frame,object[data],embed[src]"):
        attributes = node.attributes
        frame_key = f"{key}.{len(frames)}" if key else str(len(frames))
        is_object = node.tag in ("object", "embed")
        text = None if is_object else attributes.get("srcdoc")
        source = attributes.get("data" if node.tag == "object" else "src") or ""
        url = resolve(base_url, source)
        if text is None and (not url or not url.startswith(("http:", "https:", "file:"))):
            continue
        node.attrs[FRAME_KEY] = frame_key
        frames.append(
            Frame(
                key=frame_key,
                url=without_fragment("about:srcdoc" if text else url or ""),
                text=text,
                is_object=is_object,
            )
        )
    return frames
