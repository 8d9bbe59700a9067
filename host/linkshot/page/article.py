"""What a page says: the main text and all that is known about it."""

from __future__ import annotations

from linkshot.page.article_choose import choose_article
from linkshot.page.article_tree import build_page
from linkshot.page.article_weigh import weigh_blocks
from linkshot.page.article_write import write_html, write_lines
from linkshot.page.reading import Reading


def read_page(html: str, url: str) -> Reading:
    """The page's reading; any string is safe, and fields it does not tell are empty."""
    page = build_page(html)
    weigh_blocks(page)
    top = choose_article(page)
    for block in page.blocks[top.first_block : top.last_block]:
        block.kept = block.weight > -10
    return Reading(
        title=" ".join(page.title.split()),
        text=write_lines(page),
        html=write_html(top, url),
        lang=page.lang,
    )
