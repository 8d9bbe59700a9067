"""What may stay in a stored document: the rules for elements and attributes, in either syntax."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping

from linkshot.page.css import rewrite_css
from linkshot.page.unkept import PIXEL, is_counting_pixel, is_secret
from linkshot.page.urls import resolve, without_fragment
from linkshot.page.watched import PREFIX, look_beside

Replace = Callable[[str], str | None]
Attributes = Mapping[str, str | None]

NOTHING = "data:,"
# What a browser shows in a film's place: its words for Flash where the page says that it is, others where not.
_FLASH = "application/x-shockwave-flash"
NO_FILM = f"data:{_FLASH},"
NO_PLUGIN = "data:application/x-unknown,"
DEAD_LINK = "#"
FRAME_KEY = "data-linkshot-frame"
APART = "data-linkshot-apart"

# Elements that go; in a body an inert one takes the place of a script, see `rewrite`.
DROPPED_ELEMENTS = frozenset({"base", "applet", "portal", "fencedframe", "param", "bgsound"})
FRAME_ELEMENTS = frozenset({"iframe", "frame", "object", "embed"})
LINK_ELEMENTS = frozenset({"a", "area"})
MEDIA_ELEMENTS = frozenset({"video", "audio"})
_SMIL_ELEMENTS = frozenset({"set", "animate", "animatemotion", "animatetransform", "discard"})
_META_DROPPED = frozenset(
    [
        "refresh",
        "content-security-policy",
        "content-security-policy-report-only",
        "set-cookie",
        "content-type",
        "x-dns-prefetch-control",
        "x-frame-options",
        "origin-trial",
        "accept-ch",
        "delegate-ch",
    ]
)
_LINK_LOADING = frozenset({"stylesheet", "icon", "apple-touch-icon", "mask-icon"})
_LINK_PLAIN = frozenset({"canonical", "alternate", "author", "license", "shortlink", "amphtml"})
_DROPPED_ATTRIBUTES = frozenset(
    [
        "integrity",
        "nonce",
        "crossorigin",
        "referrerpolicy",
        "fetchpriority",
        "ping",
        "attributionsrc",
        "action",
        "formaction",
        "manifest",
        "srcdoc",
        "loading",
        "autoplay",
        "imagesrcset",
        "imagesizes",
        "lowsrc",
        "dynsrc",
        "codebase",
        "classid",
        "archive",
        "code",
        "blocking",
        "csp",
        "allow",
        "sandbox",
        "credentialless",
        "xml:base",
        "browsingtopics",
        "sharedstoragewritable",
        "privatetoken",
        "formtarget",
        "shadowrootadoptedstylesheets",
    ]
)
# Most of all attributes: never looked at further.
_PLAIN_ATTRIBUTES = frozenset(["class", "id", "title", "alt", "width", "height", "target", "rel"])
_LOADING_ATTRIBUTES = frozenset({"src", "poster", "background"})
_PICTURE = frozenset({"src", "srcset"})
# SVG attributes that take a CSS image or reference.
_PAINT_ATTRIBUTES = frozenset(
    [
        "fill",
        "stroke",
        "filter",
        "mask",
        "clip-path",
        "cursor",
        "marker",
        "marker-start",
        "marker-mid",
        "marker-end",
        "mask-image",
        "values",
        "from",
        "to",
        "by",
    ]
)
_CSS_WORTH_READING = re.compile(
    r"url\(|image-set\(|\\|expression|behavior|-moz-binding|src\(", re.I
)
_CANDIDATE = re.compile(
    r"[\s,]*(data:[^\s]+|[^\s,](?:[^\s]*[^\s,])?)(,|\s*[^,(]*(?:\([^)]*\)[^,(]*)*)"
)
_SAFE_LINKS = ("http:", "https:", "mailto:", "tel:", "ftp:", "sms:", "file:", "magnet:", "geo:")
_FILM = re.compile(r"\.swf(?:[?#]|$)", re.I)
# What an empty file is kept as.
_EMPTY_SHA256 = hashlib.sha256().hexdigest()
_RASTER_DATA = re.compile(r"data:(image/(?!svg)|audio/|video/|,)", re.I)


class Rules:
    """The rules for one document: its base address, what replaces addresses, its frames' names.

    `watched` are the attributes that its style sheets look at, see `watched`.
    """

    def __init__(
        self,
        base_url: str,
        replace: Replace,
        frame_names: Mapping[str, str],
        watched: frozenset[str] = frozenset(),
    ) -> None:
        """Keep what the rules need; nothing is done yet."""
        self._watched = watched
        self._base_url = base_url
        self._here = without_fragment(base_url)
        self._replace = replace
        self._frame_names = frame_names
        self._links: dict[str, str] = {}

    def drops(self, tag: str, attributes: Attributes) -> bool:
        """Does the element itself go?"""
        if tag in DROPPED_ELEMENTS:
            # One that `inject` wrote to keep the parser from closing what is open; no browser runs any.
            return tag != "applet" or APART not in attributes
        if tag == "meta":
            kind = (attributes.get("http-equiv") or "").strip().lower()
            return kind in _META_DROPPED or "charset" in attributes
        if tag == "link":
            return self._drops_link(attributes)
        if tag == "source" and "srcset" not in attributes:
            return self._name_of(attributes.get("src") or "") is None
        if tag in _SMIL_ELEMENTS:
            target = (
                attributes.get("attributeName") or attributes.get("attributename") or ""
            ).lower()
            return target.strip().endswith("href") or target.strip().startswith("on")
        return False

    def changes(self, tag: str, attributes: Attributes) -> dict[str, str | None]:
        """What becomes of the attributes that do not stay as they are; None: it goes."""
        if tag == "img" and is_counting_pixel(attributes, self._here):
            return self._pixel(attributes)
        changed = self._each(tag, attributes)
        if changed.get("href") == DEAD_LINK and "target" in attributes:
            changed["target"] = None
        if tag in FRAME_ELEMENTS:
            changed.update(self._frame(tag, attributes))
        if tag == "link" and "href" in attributes and _loads(attributes):
            changed["href"] = self._name_of(attributes["href"] or "") or NOTHING
        # A player with an address that leads to nothing would show for a moment that it loads.
        is_idle = tag in MEDIA_ELEMENTS or bool(changed.get("srcset"))
        if is_idle and changed.get("src") == NOTHING:
            changed["src"] = None
        return changed | self._beside(attributes) if self._watched else changed

    def _pixel(self, attributes: Attributes) -> dict[str, str | None]:
        others = {name: value for name, value in attributes.items() if name not in _PICTURE}
        loads = {name: None for name in attributes if name in _PICTURE}
        return self._each("img", others) | loads | {"src": PIXEL}

    def _each(self, tag: str, attributes: Attributes) -> dict[str, str | None]:
        """What becomes of each attribute by itself."""
        changed: dict[str, str | None] = {}
        if tag == "input" and "value" in attributes and is_secret(attributes):
            changed["value"] = None
        for name, value in attributes.items():
            if name in _PLAIN_ATTRIBUTES or name in changed:
                continue
            new = self._attribute(tag, name.lower(), value)
            if new != (value or "") or new is None:
                changed[name] = new
        return changed

    def _beside(self, attributes: Attributes) -> dict[str, str | None]:
        """What the watched attributes were."""
        return {
            PREFIX + name.lower(): value or ""
            for name, value in attributes.items()
            if name.lower() in self._watched
        }

    def css(self, text: str) -> str:
        """A style sheet or style attribute with its addresses replaced."""
        if _CSS_WORTH_READING.search(text) or "@" in text:
            text = rewrite_css(text, self._name_of)
        return look_beside(text, self._watched)

    def _drops_link(self, attributes: Attributes) -> bool:
        kinds = set((attributes.get("rel") or "").lower().split())
        if "stylesheet" in kinds:
            return False
        if kinds & _LINK_LOADING:
            return self._name_of(attributes.get("href") or "") is None
        return not (kinds & _LINK_PLAIN) or bool(kinds - _LINK_PLAIN - {"nofollow"})

    def _attribute(self, tag: str, name: str, value: str | None) -> str | None:
        if name in _DROPPED_ATTRIBUTES or name.startswith("on"):
            return None
        return self._value(tag, name, value) if value else value or ""

    def _value(self, tag: str, name: str, value: str) -> str | None:
        if name == "style":
            return self.css(value)
        if name in ("href", "xlink:href"):
            return self._href(tag, value)
        if name in _LOADING_ATTRIBUTES:
            return self._loaded(tag, value)
        if name == "srcset":
            return self._srcset(value)
        if name in _PAINT_ATTRIBUTES:
            return self._paint(value)
        return value

    def _paint(self, value: str) -> str | None:
        if "script:" in value.lower():
            return None
        return self.css(value) if "(" in value else value

    def _href(self, tag: str, value: str) -> str | None:
        if value.startswith("#"):
            return value
        if tag in LINK_ELEMENTS:
            return self._link(value)
        if tag == "link":
            return self._name_of(value) or self._plain_link(value)
        return self._loaded(tag, value)

    def _plain_link(self, value: str) -> str:
        absolute = resolve(self._base_url, value) or ""
        return NOTHING if absolute[:5] in ("data:", "javas", "vbscr") else absolute

    def _link(self, value: str) -> str:
        """A link elsewhere stays, absolute; one that acts stays a link that leads nowhere."""
        known = self._links.get(value)
        if known is None:
            known = self._links[value] = self._new_link(value)
        return known

    def _new_link(self, value: str) -> str:
        absolute = resolve(self._base_url, value)
        if absolute is None or not absolute.startswith(_SAFE_LINKS):
            return DEAD_LINK
        target, mark, fragment = absolute.partition("#")
        return f"#{fragment}" if mark and target == self._here else absolute

    def _loaded(self, tag: str, value: str) -> str | None:
        if tag in FRAME_ELEMENTS:
            return None
        name = self._name_of(value)
        is_idle = tag in MEDIA_ELEMENTS and name is not None and name.startswith(_EMPTY_SHA256)
        return NOTHING if is_idle else name or NOTHING

    def _name_of(self, reference: str) -> str | None:
        """The name of what `reference` loads, with its fragment; None where it was not kept."""
        reference = reference.strip()
        if not reference or reference.startswith("#"):
            return reference or None
        if reference[:5].lower() == "data:":
            return None if reference[5:14].lower() == "text/html" else reference
        absolute = resolve(self._base_url, reference)
        if absolute is None:
            return None
        target, mark, fragment = absolute.partition("#")
        name = self._replace(target)
        return name and name + mark + fragment

    def _srcset(self, value: str) -> str | None:
        kept = []
        for address, descriptor in candidates(value):
            name = self._name_of(address)
            if name:
                kept.append(f"{name} {descriptor}".strip())
        return ", ".join(kept) or None

    def _frame(self, tag: str, attributes: Attributes) -> dict[str, str | None]:
        """Where a frame's document comes from; where it was not kept, the frame stays empty."""
        source = "data" if tag == "object" else "src"
        other = "src" if tag == "object" else "data"
        name = self._frame_names.get(attributes.get(FRAME_KEY) or "\0")
        if name is None and tag in ("object", "embed"):
            address = attributes.get(source) or ""
            name = self._name_of(address)
            if name is None and _FILM.search(address):
                declared = (attributes.get("type") or "").strip().lower()
                name = NO_FILM if declared == _FLASH else NO_PLUGIN
            elif name and not _is_passive(name):
                name = None
        changed: dict[str, str | None] = {source: name, other: None}
        if tag in ("object", "embed") and name is not None:
            changed["type"] = None
        return {key: new for key, new in changed.items() if new is not None or key in attributes}


def _is_passive(name: str) -> bool:
    """May an object show this as it is? A document has to be rewritten, and then it is a frame."""
    if name.startswith("data:"):
        return _RASTER_DATA.match(name) is not None
    return not name.partition("#")[0].endswith((".html", ".xhtml", ".xml"))


def _loads(attributes: Attributes) -> bool:
    return not _LINK_LOADING.isdisjoint((attributes.get("rel") or "").lower().split())


def candidates(srcset: str) -> list[tuple[str, str]]:
    """The candidates of a srcset: address and descriptor.

    After https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute.
    """
    found = []
    position = 0
    while position < len(srcset):
        match = _CANDIDATE.match(srcset, position)
        if match is None or match.end() == position:
            break
        position = match.end()
        found.append((match[1], match[2].strip(" \t\r\n\f,")))
    return found
