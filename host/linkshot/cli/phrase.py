"""A text that a person sees, in both languages."""

from __future__ import annotations

from typing import NamedTuple

from linkshot.errors import Language


class Phrase(NamedTuple):
    """The same sentence in English and in Chinese; placeholders are filled by `of`."""

    en: str
    zh: str

    def of(self, language: Language, **facts: object) -> str:
        """The text in `language`, with its placeholders filled."""
        text = self.zh if language == "zh" else self.en
        return text.format(**facts) if facts else text
