"""What a text is about."""

from linkshot.page.keywords import MAX_KEYWORDS, choose_keywords

HAN = (
    "集成电路是产业的基础。加快集成电路发展,要支持集成电路企业创新。各地发展集成电路,重点是人才培养。"
    "人才培养需要高校参与,企业参与人才培养,政府引导人才培养。"
)


def test_declared_keywords_come_first() -> None:
    assert choose_keywords("产业政策,芯片", HAN, "", "")[:2] == ["产业政策", "芯片"]


def test_repeated_chinese_words_are_found_whole() -> None:
    assert set(choose_keywords("", HAN, "", "")) >= {"集成电路", "人才培养"}


def test_measure_word_behind_a_figure_begins_no_keyword() -> None:
    text = "第2996号建议的答复。" * 4
    assert choose_keywords("", text, "", "")[0] == "建议的答复"


def test_latin_keywords_leave_small_words_out() -> None:
    text = "The Semiconductor plant opened. Semiconductor makers said that they would expand. They said they would hire."
    assert choose_keywords("", text, "", "")[0] == "Semiconductor"


def test_keywords_are_bounded() -> None:
    assert len(choose_keywords(",".join(f"word{n}" for n in range(99)), "", "", "")) <= MAX_KEYWORDS
