"""What a page says."""

import gc

from linkshot.page.article import read_page

PARAGRAPH = "近日,市政府印发通知,要求各区县加快推进集成电路产业发展,完善配套政策,落实各项支持措施。"
PAGE = f"""<html lang="zh-CN"><head><title>关于产业的通知</title></head><body>
<div class="nav"><a href="/a">首页</a><a href="/b">政策</a></div>
<div id="zoom"><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></div>
<div class="footer"><a href="/c">网站地图</a></div></body></html>"""


def test_article_with_navigation_keeps_paragraphs_only() -> None:
    reading = read_page(PAGE, "https://example.gov.cn/a.html")
    assert reading.text == f"{PARAGRAPH}\n{PARAGRAPH}"
    assert reading.html == f"<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>"


def test_shadow_template_is_read() -> None:
    page = f'<div><template shadowrootmode="open"><p>{PARAGRAPH}</p></template></div>'
    assert read_page(page, "").text == PARAGRAPH


def test_paragraph_written_twice_stays_twice() -> None:
    page = f"<article><p>{PARAGRAPH}</p><h2>其二</h2><div><p>{PARAGRAPH}</p></div></article>"
    assert read_page(page, "").text.count(PARAGRAPH) == 2


def test_caption_shown_twice_is_read_once() -> None:
    caption = f"<div class=caption>{PARAGRAPH * 2}</div>"
    page = f"<article><p>{PARAGRAPH}</p>{caption}{caption}<p>{PARAGRAPH}</p></article>"
    assert read_page(page, "").text.count(PARAGRAPH * 2) == 1


def test_date_below_the_sender_of_a_letter_stays() -> None:
    lines = [
        "各省、自治区、直辖市人民政府，各部委：",
        "请认真执行。",
        "国务院办公厅",
        "2018年10月27日",
    ]
    page = f"<div id=zoom>{''.join(f'<p>{line}</p>' for line in lines)}<p>{PARAGRAPH}</p></div>"
    assert read_page(page, "").text.split("\n")[:4] == lines


def test_front_page_of_several_pieces_is_read_whole() -> None:
    teasers = "".join(
        f"<section class=s{n}><h2>要闻{n}</h2><p>{n}{PARAGRAPH}</p><a href=/{n}>查看全文，了解更多详细内容</a></section>"
        for n in range(5)
    )
    text = read_page(f"<body><main>{teasers}</main></body>", "").text
    assert [f"{n}{PARAGRAPH}" in text for n in range(5)] == [True] * 5


def test_link_on_a_line_of_its_own_stays_in_the_article() -> None:
    pointer = "<p>另见：<a href=/b>关于推进产业发展的若干意见（全文）</a></p>"
    page = f"<article><p>{PARAGRAPH}</p>{pointer}<p>{PARAGRAPH}</p></article>"
    assert read_page(page, "").text.split("\n")[1] == "另见：关于推进产业发展的若干意见（全文）"


def test_formula_is_read_as_its_tex_once() -> None:
    drawn = '<span class="katex-html" aria-hidden="true">n2</span>'
    tex = '<annotation encoding="application/x-tex">n^2</annotation>'
    math = f"<span class=katex><math><mi>n</mi><mn>2</mn>{tex}</math>{drawn}</span>"
    assert read_page(f"<article><p>{PARAGRAPH}其中{math}。</p></article>", "").text == (
        f"{PARAGRAPH}其中$n^2$。"
    )


def test_small_page_without_sentences_is_read_whole() -> None:
    rows = "".join(f"<tr><td>Ctrl+{key}</td><td>Save file {key}</td></tr>" for key in "ABC")
    page = f"<h1>Keys</h1><table>{rows}</table><ul><li><a href=/a>All the keys</a></li></ul>"
    text = read_page(page, "").text
    assert text.split("\n")[-1] == "All the keys"
    assert "Ctrl+B" in text


def test_wrapper_named_after_comments_does_not_hide_the_article() -> None:
    body = f"<div class=post-content>{f'<p>{PARAGRAPH}</p>' * 9}</div>"
    page = f"<div class=post-body><div class=comment-on-selection>{body}</div></div>"
    assert read_page(page, "").text.startswith(PARAGRAPH)


def test_teasers_below_their_heading_are_left_out() -> None:
    teasers = (
        "<h3>相关阅读</h3><p>市政府召开常务会议，研究部署工作</p><p>全市经济运行平稳，稳中有进</p>"
    )
    page = f"<article>{f'<p>{PARAGRAPH}</p>' * 4}{teasers}</article>"
    assert read_page(page, "").text == "\n".join([PARAGRAPH] * 4)


def test_script_that_looks_like_tags_hides_nothing() -> None:
    script = "<script>if (a<b) {" + "y = 1; " * 9_000 + "}</script>"
    page = f"<body>{script}<article><p>{PARAGRAPH}</p></article><p>it's</p></body>"
    assert read_page(page, "").text == PARAGRAPH


def test_text_behind_a_hidden_part_of_its_line_is_written() -> None:
    line = f"<p><span hidden>hid</span>{PARAGRAPH}<i>em</i><br>end</p>"
    reading = read_page(f"<article><p>{PARAGRAPH}</p>{line}</article>", "")
    assert f"<p>{PARAGRAPH}<i>em</i><br>end</p>" in reading.html


def test_page_read_is_gone_without_the_collector_of_cycles() -> None:
    html = "<article>" + f"<p>{PARAGRAPH}</p>" * 60 + "</article>"
    read_page(html, "")
    gc.collect()
    gc.disable()
    try:
        read_page(html, "")
        left = gc.collect()
    finally:
        gc.enable()
    assert left < 20
