"""What a page says: the main text and all that is known about it."""

from __future__ import annotations

from linkshot.page.article_choose import choose_article, choose_thread
from linkshot.page.article_clean import keep_article, keep_posts
from linkshot.page.article_edges import trim_edges
from linkshot.page.article_threads import is_thread
from linkshot.page.article_tree import Element, Page, build_page
from linkshot.page.article_weigh import weigh_blocks
from linkshot.page.article_write import write_html, write_lines
from linkshot.page.keywords import choose_keywords
from linkshot.page.language import detect_language
from linkshot.page.metadata import meta_values, read_metadata
from linkshot.page.policy import read_policy
from linkshot.page.reading import Reading


def read_page(html: str, url: str) -> Reading:
    """The page's reading; any string is safe, and fields it does not tell are empty."""
    page = build_page(html)
    thread = is_thread(page, url)
    weigh_blocks(page, thread=thread)
    top = choose_thread(page) if thread else choose_article(page)
    keep_article(page, top)
    if thread:
        keep_posts(page, top)
    metas = meta_values(page)
    policy, card_title, tables = read_policy(page, metas)
    _drop(page, tables)
    metadata = read_metadata(page, metas, url, (top.first_block, top.last_block), policy)
    title = card_title or metadata.title
    trim_edges(page, title)
    text = write_lines(page)
    return Reading(
        title=title,
        text=text,
        html=write_html(page, top, url),
        author=metadata.author,
        published=metadata.published,
        site=metadata.site,
        lang=detect_language(text or page.title, page.lang),
        keywords=choose_keywords(metadata.keywords, text, title, metadata.site),
        policy=policy,
    )


def _drop(page: Page, tables: list[Element]) -> None:
    """The information table is the card's, not the text's."""
    for element in tables:
        element.dropped = True
        for block in page.blocks[element.first_block : element.last_block]:
            block.kept = False
