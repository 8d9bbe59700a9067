import gzip

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.growth import grows_in_step

from linkshot.formats.markup import compact_html, shows_spaces
from linkshot.page.charset import decode_html
from linkshot.page.rewrite import rewrite_document


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p class="a" title="a b" hidden="">', '<p class=a title="a b" hidden>'),
        ('<p title="">a</p>', "<p title>a</p>"),
        ('<a href="http://e.com/">', '<a href="http://e.com/">'),
        ('<p lang="a/">', '<p lang="a/">'),
        ('<p title="a=b"><p title="a&gt;b">', '<p title="a=b"><p title=a&gt;b>'),
        ('<p title="a  \n b">a  b \n\n c</p>', '<p title="a  \n b">a b\nc</p>'),
        ("<pre>a  b</pre>  <textarea>\n  <b class=\"x\">\n</textarea>", "<pre>a  b</pre> <textarea>\n  <b class=\"x\">\n</textarea>"),
        ('<iframe data-linkshot-frame="0" src="x"></iframe>', '<iframe src="x"></iframe>'),
        (
            '<html><head>\n <link rel="icon" href="a"> <link rel="icon" href="b">'
            '<link rel="apple-touch-icon" href="c">\n</head>\n<body>\n\n<p>a</p></body></html>\n',
            '<html><head><link rel="icon" href="a"><body>\n<p>a</p>',
        ),
        ('<link rel="apple-touch-icon" href="c">', '<link rel="apple-touch-icon" href="c">'),
        ("<style>a  {b:c}</style>", "<style>a  {b:c}</style>"),
    ],
)  # fmt: skip
def test_markup_is_shorter_and_means_the_same(before, after):
    assert compact_html(before, keeps_spaces=False) == after


def test_white_space_stays_where_it_may_show():
    html = "<head> <title>a</title> </head><body><p>a  b"
    assert compact_html(html, keeps_spaces=True) == html.replace("</head>", "")


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("p{white-space:nowrap}td{white-space: normal}", False),
        ("p{white-space: pre-wrap}", True),
        ("p{white-space:var(--x)}", True),
        ("p{white-space-collapse:preserve}", True),
        ('<text xml:space="preserve">', True),
        ('<p contenteditable="plaintext-only">', True),
    ],
)
def test_style_that_shows_white_space_is_known(text, shows):
    assert shows_spaces(text) is shows


@pytest.mark.parametrize("unit", ["<p ", '<p a="', "<pre>", " ", "</body>", '" ', "</head> "])
def test_time_grows_in_step_with_repeated_input(unit):
    def read(times: int) -> None:
        compact_html(unit * times, keeps_spaces=False)
        shows_spaces(unit * times)

    assert grows_in_step(read, 20_000)


def test_attacks_and_articles_parse_to_the_same_tree(corpus):
    """What was safe and right as stored is so as written."""
    attacks = [p for p in (corpus / "adversarial/xss").rglob("*") if p.is_file()]
    assert len(attacks) > 3
    for path in [*attacks, *sorted((corpus / "articles").glob("*/*.html.gz"))[::60]]:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        html = rewrite_document(decode_html(raw, "")[0], "http://e.com/", lambda _: None, {})
        assert tree_of(compact_html(html, keeps_spaces=False)) == tree_of(html), path


def tree_of(html):
    """Elements with their attributes, and words, in order; icons and frame keys left out."""
    found = []
    for node in LexborHTMLParser(html, scripting=True).root.traverse(include_text=True):
        if node.tag == "-text":
            found += (node.text_content or "").split()
        elif node.tag != "link":
            names = {k: v or "" for k, v in node.attributes.items()}
            names.pop("data-linkshot-frame", None)
            found.append((node.tag, names))
    return found
