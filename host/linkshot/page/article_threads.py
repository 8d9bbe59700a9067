"""Which pages are threads: the posts below one another are the page, not remarks about it.

Told by what forum software says of itself: schema.org types, the generator, the address, the
classes of <body>. One sign is enough where it is the type or the software; an address alone has
to look like a thread's.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from linkshot.page.article_tree import Element, Page

_TYPE = re.compile(r'"(?:QAPage|DiscussionForumPosting)"')
_ITEM_TYPE = re.compile(r"schema\.org/(?:QAPage|Question|DiscussionForumPosting)\b")
_SOFTWARE = re.compile(
    r"discourse|vbulletin|phpbb|xenforo|discuz|mybb|flarum|nodebb|vanilla|smf|kunena|agreper"
    r"|apache/incubator-answer|phpwind|talkyard|askbot|question2answer",
    re.I,
)
_HOST = re.compile(
    r"(?:^|\.)(?:bbs|forums?|community|discuss(?:ions?)?|discourse|club|tieba|answers?)\."
)
_PATH = re.compile(
    r"/(?:forums?|bbs|threads?|topics?|viewtopic|viewthread|showthread|discussions?|discussion-topics|questions?|posts?|comments|t|d|p)"
    r"(?:\.php)?(?:[/?-]|$)|/thread-\d",
    re.I,
)
# Blogs have /posts/ and /topics/ too; these are threads whatever the host.
_CERTAIN = re.compile(
    r"viewtopic|viewthread|showthread|/threads?[/-]|/forums?/[^/?]|/topics?/\d|/questions?/[^/?]|/discussions?/\d|/r/[^/]+/comments/"
    r"|/discussion-topics/|/t/[^/]+/\d|/d/\d+-|/question(?:\?|$)",
    re.I,
)
_WRAPPERS = frozenset(
    ("wpforo", "wpforo-wrap", "bbpress-forums", "af-wrapper", "kunena", "phpbb", "postlist")
)
_BODY = re.compile(
    r"(?:^|\s)(?:bbpress|question-page|section-viewtopic|pg_viewthread|com_kunena|page-topic|single-(?:thread|topic|question)"
    r"|vb-page|Section-Discussion|question-template\S*|discussion-topics-template\S*)(?:\s|$)"
)


def is_thread(page: Page, url: str) -> bool:
    """Does the page call itself a thread of posts, or questions and answers?"""
    if any(_TYPE.search(script) for script in page.linked_data[:20]):
        return True
    generator = next(
        (
            m.get("content") or ""
            for m in page.metas
            if (m.get("name") or "").lower() == "generator"
        ),
        "",
    )
    if _SOFTWARE.search(generator):
        return True
    return _by_markup(page.elements) or _by_address(url)


def _by_markup(elements: list[Element]) -> bool:
    for element in elements:
        attrs = element.attrs
        if not attrs:
            continue
        if attrs.get("id") in _WRAPPERS:
            return True
        if "itemtype" in attrs and _ITEM_TYPE.search(element.attr("itemtype")):
            return True
        if element.tag == "body" and _BODY.search(element.attr("class")):
            return True
    return False


def _by_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = f"{parts.path}?{parts.query}"
    if _CERTAIN.search(path):
        return True
    return bool(_HOST.search(f".{(parts.hostname or '')}") and _PATH.search(path))
