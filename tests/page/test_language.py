"""The language of a text."""

import pytest

from linkshot.page.language import detect_language


@pytest.mark.parametrize(
    ("text", "declared", "lang"),
    [
        ("近日,市政府印发通知,要求加快推进产业发展。" * 5, "", "zh"),
        ("近日,市政府印发通知,要求加快推进产业发展。" * 5, "en", "zh"),
        ("これはソフトウェアの説明です。日本語で書かれています。", "", "ja"),
        ("이 문서는 한국어로 작성되었습니다.", "", "ko"),
        (
            "The board of the company said that it was not aware of the plan and is looking into it for now.",
            "zh-CN",
            "en",
        ),
        ("Це українська мова", "uk", "uk"),
        ("", "zh-Hans-CN", "zh"),
        ("", "", ""),
    ],
)
def test_language_follows_the_text(text: str, declared: str, lang: str) -> None:
    assert detect_language(text, declared) == lang
