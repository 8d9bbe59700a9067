"""Chinese by sound: keys that sort as a Chinese dictionary does, and what people type for it."""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
# Sorts after every Latin letter and before every Chinese character that has no reading.
_BY_SOUND = "\u2fff"


def sound_key(text: str) -> str:
    """A key that orders folded text: Latin first, Chinese by syllable, tone and character."""
    return _HAN.sub(lambda found: "".join(map(_sorted_sound, _readings(found[0]))), text)


def spelled(text: str) -> str:
    """Folded text with its Chinese as toneless syllables, nothing between them."""
    return _HAN.sub(lambda found: "".join(sound[:-1] for _, sound in _readings(found[0])), text)


def syllables(text: str, mark: str) -> str:
    """Folded text with its Chinese as toneless syllables, `mark` before each."""
    return _HAN.sub(
        lambda found: "".join(mark + sound[:-1] for _, sound in _readings(found[0])), text
    )


def initials(text: str) -> str:
    """Folded text with each Chinese character as the first letter of its syllable."""
    return _HAN.sub(lambda found: "".join(sound[:1] for _, sound in _readings(found[0])), text)


def _sorted_sound(reading: tuple[str, str]) -> str:
    character, sound = reading
    return f"{_BY_SOUND}{sound}{character}" if sound else character


@lru_cache(maxsize=20_000)
def _readings(text: str) -> tuple[tuple[str, str], ...]:
    """Each character with its syllable and tone (`xiang1`); "" where it has none."""
    # Loading its phrases takes a third of a second; only Chinese not met before needs them.
    from pypinyin import Style, lazy_pinyin

    sounds = lazy_pinyin(
        text,
        style=Style.TONE3,
        neutral_tone_with_five=True,
        errors=lambda unknown: [""] * len(unknown),  # type: ignore[arg-type,return-value]  # its stub forgets lists
    )
    return tuple(zip(text, (sound.replace("ü", "v") for sound in sounds), strict=True))
