"""What a script would load once it is seen: the addresses that a page as served keeps in attributes.

The same lists, for what a browser can tell besides, stand in extension/inject/images.js.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkshot.page.rewrite_rules import Attributes, candidates

# Where lazy-loading scripts keep the address: WeChat, Zhihu (actualsrc), Discuz (file, zoomfile),
# and the libraries lazysizes, jquery.lazyload, echo.js, Kissy, vanilla-lazyload.
_SOURCES = """
    data-src data-original data-actualsrc data-lazy-src data-lazysrc data-lazyload data-echo
    data-ks-lazyload data-original-src data-lazy data-url-src data-hi-res-src data-backsrc
    data-croporisrc data-real-src data-default-src data-defer-src lazy-src lazysrc zoomfile file
""".split()
_SETS = "data-srcset data-lazy-srcset data-original-set lazy-srcset data-lazyload-srcset".split()
_BACKGROUNDS = """
    data-bg data-background data-background-image data-bg-src data-bg-url data-background-src
    data-lazy-background data-lazy-bg data-bgset data-bg-multi
""".split()
# Other elements with a data-src are mostly those of a gallery that opens it.
_WAITING = ",".join(
    [
        "img,source,iframe,video[data-poster]",
        *(f"[{name}]" for name in _BACKGROUNDS),
        ':is(div,section,span,i,b,figure,li)[data-src][class*="lazy" i]',
    ]
)
_PICTURE = re.compile(
    r"\s*(https?:|//|/|\.{0,2}/|[\w%-]+[\w%./-]*\.(png|jpe?g|gif|webp|avif|svg|bmp))", re.I
)
_CSS_IMAGE = re.compile(r"\s*(?:url|image-set|[a-z-]*gradient)\(", re.I)
_STANDS_IN = re.compile(
    r"(?:^|[/_.-])(?:blank|placeholder|spacer|lazy|lazyload|loading|grey|gray|pixel|transparent|none|default)"
    r"[\w-]*\.(?:gif|png|svg|jpe?g|webp)|data:image/(?:gif|svg)",
    re.I,
)
_SHOWN = re.compile(r"background(?:-image)?\s*:[^;]*url\(([^)]*)", re.I)


def wake_lazy(parser: LexborHTMLParser) -> None:
    """Give lazy pictures, frames and backgrounds the address that a script would."""
    for node in parser.css(_WAITING):
        attributes = node.attributes
        if node.tag in ("img", "source", "iframe", "video"):
            _wake_source(node, attributes)
        _wake_background(node, attributes)


def _wake_source(node: LexborNode, attributes: Attributes) -> None:
    lazy_set = _first(attributes, _SETS)
    if lazy_set and node.tag in ("img", "source"):
        node.attrs["srcset"] = lazy_set
    source = _first(attributes, _SOURCES)
    if node.tag in ("img", "iframe") and _PICTURE.match(source):
        node.attrs["src"] = source
    poster = attributes.get("data-poster") or ""
    if node.tag == "video" and _PICTURE.match(poster) and not attributes.get("poster"):
        node.attrs["poster"] = poster


def _wake_background(node: LexborNode, attributes: Attributes) -> None:
    style = attributes.get("style") or ""
    shown = _SHOWN.search(style)
    names = _BACKGROUNDS if node.tag in ("img", "iframe", "video") else [*_BACKGROUNDS, "data-src"]
    background = _background(_first(attributes, names))
    if background and not (shown and not _STANDS_IN.search(shown[1])):
        node.attrs["style"] = f"{style};background-image:{background}".lstrip(";")


def _background(text: str) -> str:
    """The value of the property that an attribute waits with; "" where it is no picture."""
    if _CSS_IMAGE.match(text):
        return text
    found = candidates(text)
    address = found[-1][0] if found else ""
    if not _PICTURE.match(address):
        return ""
    return 'url("{}")'.format(address.replace('"', "%22").replace("\\", "%5C"))


def _first(attributes: Attributes, names: list[str]) -> str:
    return next((attributes[name] or "" for name in names if attributes.get(name)), "")
