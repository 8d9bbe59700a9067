"""A stored document is read as the page was: what is taken out of it says nothing of the article."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path
from xml.parsers import expat

import pytest

from linkshot.page.article import read_page
from linkshot.page.charset import decode_html
from linkshot.page.reading import Reading
from linkshot.page.rewrite import rewrite_document
from linkshot.page.rewrite_xml import rewrite_xml

URL = "http://example.org/a"
LINKED = (
    '{"@type": "NewsArticle", "author": {"name": "王晓&明"}, "datePublished": "2024-05-06T07:08"}'
)
TEXT = "关于印发规划的通知。" * 30
FIELDS = ("title", "author", "published", "site", "lang", "policy")


def stored(html: str) -> Reading:
    return read_page(rewrite_document(html, URL, lambda url: None, {}), URL)


@pytest.mark.parametrize(
    "html",
    [
        "<head>{}</head><p>{}</p>",
        "<body>{}<p>{}</p>",
        "<p>{1}</p>{0}",
    ],
)
def test_json_ld_is_read_in_a_stored_document(html: str) -> None:
    script = f'<script type="application/ld+json">{LINKED}</script>'
    reading = stored(html.format(script, TEXT))
    assert (reading.author, reading.published) == ("王晓&明", "2024-05-06T07:08")


def test_json_ld_that_speaks_of_shadow_roots_is_data_all_the_same() -> None:
    said = LINKED.replace("王晓&明", "王晓 <b> shadowrootmode </template>")
    html = f'<script type="application/ld+json">{said}</script><p>{TEXT}</p>'
    assert stored(html).published == "2024-05-06T07:08"


def test_formula_that_mathjax_has_drawn_is_read_in_a_stored_document() -> None:
    drawn = '<span class="MathJax_SVG"><svg></svg></span><script type="math/tex">x^2 < 3</script>'
    assert "$x^2 < 3$" in stored(f"<p>{TEXT}其中{drawn}成立。{TEXT}").text


@pytest.mark.parametrize("around", ["{}", "<![CDATA[{}]]>", "//<![CDATA[\n{}\n//]]>"])
def test_json_ld_is_read_in_a_stored_xhtml_document(around: str) -> None:
    said = LINKED if "CDATA" in around else LINKED.replace("&", "&amp;")
    html = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title>'
        f'<script type="application/ld+json">{around.replace("{}", said)}</script></head>'
        f"<body><p>{TEXT}</p><script>x</script></body></html>"
    )
    reading = read_page(rewrite_xml(html, URL, lambda url: None, {}), URL)
    assert (reading.author, reading.published) == ("王晓&明", "2024-05-06T07:08")


@pytest.mark.parametrize("prefix", ["H", "script"])
def test_json_ld_below_a_prefix_leaves_a_whole_document(prefix: str) -> None:
    html = (
        f'<{prefix}:html xmlns:{prefix}="http://www.w3.org/1999/xhtml"><{prefix}:head>'
        f'<{prefix}:script type="application/ld+json">{{}}</{prefix}:script></{prefix}:head></{prefix}:html>'
    )
    kept = rewrite_xml(html, URL, lambda url: None, {})
    parser = expat.ParserCreate(namespace_separator=" ")
    assert parser.Parse(kept, True) == 1
    assert f"<{prefix}:template data-linkshot-linked" in kept


def test_real_articles_are_read_as_they_were_served(corpus: Path) -> None:
    """Of each 300 fields at most one: the text's own place of a date moved where a script was."""
    differ: Counter[str] = Counter()
    paths = sorted((corpus / "articles").glob("*/*.html.gz"))[::16]
    for path in paths:
        html, _encoding = decode_html(gzip.decompress(path.read_bytes()), None)
        served, kept = read_page(html, URL), stored(html)
        differ.update(name for name in FIELDS if getattr(served, name) != getattr(kept, name))
    assert differ.total() <= len(paths) * len(FIELDS) / 300
