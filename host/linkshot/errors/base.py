"""The root of all coded errors."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar, Literal

from linkshot.errors.reasons import ZH

Language = Literal["en", "zh"]

_MOST_CHARACTERS = 400


class LinkshotError(Exception):
    """Root of all coded errors; never raised itself."""

    code: ClassVar[str] = "linkshot_error"
    en: ClassVar[str] = "Linkshot could not do this."
    zh: ClassVar[str] = "链接快照未能完成此操作。"

    def __init__(self, **facts: object) -> None:
        """Keep the facts of this failure; each placeholder of `en` and `zh` needs one."""
        self.facts = facts
        super().__init__(self.message("en"))

    def message(self, language: Language = "en") -> str:
        """What happened, to what, and the cure, in `language`."""
        template = self.zh if language == "zh" else self.en
        return template.format(
            **{name: _shown(fact, language) for name, fact in self.facts.items()}
        )


def _shown(fact: object, language: Language) -> object:
    """What stands in a message: a known reason in its language; a text that nobody would read to its end is cut."""
    if isinstance(fact, PurePath):
        return shortened(str(fact))
    if not isinstance(fact, str):
        return fact
    if language == "zh":
        fact = ZH.get(fact, fact)
    return shortened(fact)


def shortened(text: str) -> str:
    """The text, cut where nobody would read it to its end."""
    return f"{text[: _MOST_CHARACTERS - 1]}…" if len(text) > _MOST_CHARACTERS else text
