"""A PDF's lines become paragraphs again."""

from linkshot.page.pdf import paragraphs


def test_line_ended_by_the_page_goes_on_without_a_space_in_chinese() -> None:
    lines = ["为进一步优化集成电路产业和软件产业发展环", "境，现提出以下政策。", "一、财税政策"]
    assert paragraphs(lines) == [
        "为进一步优化集成电路产业和软件产业发展环境，现提出以下政策。",
        "一、财税政策",
    ]


def test_words_of_letters_stay_apart_and_hyphens_go() -> None:
    lines = [
        "The makers of these parts have grown semi\ufffe",
        "conductor sales again over the whole last year",
        "in Asia.",
    ]
    assert paragraphs(lines) == [
        "The makers of these parts have grown semiconductor sales again over the whole last year in Asia."
    ]


def test_short_lines_stay_lines() -> None:
    lines = ["附件", "这一行与页面一样宽所以在这里被断开的", "名单"]
    assert paragraphs(lines)[0] == "附件"


def test_page_without_text_has_no_paragraphs() -> None:
    assert paragraphs(["", "  "]) == []
