"""Threads of posts are kept whole; remarks below an article are not."""

import pytest

from linkshot.page.article import read_page

QUESTION = "How do I keep the panel of my printer clean without taking it apart? It gets dusty."
ANSWERS = [
    "Take a dry cloth, never water, and wipe it from the left to the right.",
    "I would not wipe it at all. Compressed air does it in a second, and nothing breaks.",
    "thanks",
]
POSTS = "".join(
    f"<li class=post><div class=meta>member {i}<br>{i + 3} posts</div><div class=reply-text>{answer}</div></li>"
    for i, answer in enumerate(ANSWERS)
)
PAGE = (
    "<body><nav><a href=/>Home</a></nav><main><div class=question>"
    f"<div class=entry-content><p>{QUESTION}</p></div></div><ol class=comments>{POSTS}</ol></main>"
)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<meta name="generator" content="Discourse 3.2">', ""),
        ('<script type="application/ld+json">{"@type":"QAPage"}</script>', ""),
        ("", "https://forum.example.org/viewtopic.php?t=12"),
        ("", "https://example.org/questions/12/clean-panel"),
    ],
)
def test_thread_keeps_every_post_and_no_byline(head: str, url: str) -> None:
    assert read_page(head + PAGE, url).text.split("\n") == [QUESTION, *ANSWERS]


def test_comments_below_an_article_are_left_out() -> None:
    assert read_page(PAGE, "https://example.org/blog/clean-panel").text == QUESTION
