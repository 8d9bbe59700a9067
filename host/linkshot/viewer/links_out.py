"""Makes the links of a stored document harmless to click, without changing how it looks.

A snapshot is shown in a sandboxed frame. A link in it would take the frame elsewhere; the window's
policy refuses that, but the browser then shows its error page in place of the copy. A link that asks
for a new window is refused by the sandbox without a trace. So `<base target="_blank">` makes that
every link's default, and links inside the page get their own target back. A `target` on each outside
link would do the same, but sites style `a[target]` and `a[href^=http]`.
"""

from __future__ import annotations

import re

BASE = b'<base target="_blank">'
HEAD = re.compile(rb"<head(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
# Bounded, so that a hostile document cannot make it slow; a tag that does not fit keeps its default.
LINK = re.compile(rb"<(a|area)(\s[^<>]{0,4000})>", re.IGNORECASE)
INSIDE = re.compile(rb"""\s(?:xlink:)?href\s*=\s*["']?\s*#""", re.IGNORECASE)
TARGET = re.compile(rb"""\starget\s*=\s*["']?\s*([^\s"'>]*)""", re.IGNORECASE)
# What the sandbox refuses by itself.
REFUSED_TARGETS = frozenset({b"_blank", b"_top"})


def disarm_links(document: bytes) -> bytes:
    """The document with links out of it doing nothing, and links inside it working."""
    with_base = HEAD.sub(lambda head: head.group() + BASE, document, count=1)
    if with_base == document:
        with_base = BASE + document
    return LINK.sub(_with_target, with_base)


def _with_target(link: re.Match[bytes]) -> bytes:
    name, attributes = link.groups()
    target = TARGET.search(attributes)
    if INSIDE.search(attributes):
        return b'<%s target="_self"%s>' % (name, attributes)
    if target is None or target.group(1).lower() in REFUSED_TARGETS:
        return link.group()
    # The first of two attributes of one name wins.
    return b'<%s target="_blank"%s>' % (name, attributes)
