import time

import pytest

from linkshot.formats.markup import compact_html, shows_spaces


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
def test_repeated_input_takes_bounded_time(unit):
    start = time.process_time()
    compact_html(unit * 20_000, keeps_spaces=False)
    shows_spaces(unit * 20_000)
    assert time.process_time() - start < 3
