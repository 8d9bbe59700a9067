"""The language of a text, as a short BCP 47 tag."""

from __future__ import annotations

import re
from collections import Counter
from itertools import repeat

_SAMPLE = 6000
_DECLARED = re.compile(r"^([a-zA-Z]{2,3})(?:[-_][\w-]*)?$")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30fa]+")),
    ("ko", re.compile(r"[\uac00-\ud7a3]+")),
    ("zh", re.compile(r"[\u3400-\u9fff]+")),
    ("ru", re.compile(r"[\u0400-\u04ff]+")),
    ("ar", re.compile(r"[\u0600-\u06ff]+")),
    ("he", re.compile(r"[\u0590-\u05ff]+")),
    ("el", re.compile(r"[\u0370-\u03ff]+")),
    ("th", re.compile(r"[\u0e00-\u0e7f]+")),
    ("hi", re.compile(r"[\u0900-\u097f]+")),
    ("hy", re.compile(r"[\u0530-\u058f]+")),
)
# All of these scripts and little else: a text in Latin letters has none of it.
_OTHER_SCRIPT = re.compile(r"[\u0370-\u0e7f\u3041-\u9fff\uac00-\ud7a3]")
_SHARED_SCRIPT = {"ru": ("ru", "uk", "bg", "sr", "be", "mk", "kk", "mn"), "ar": ("ar", "fa", "ur")}
# The commonest small words of the Latin languages.
_WORDS = {
    "en": "the of and to in is that for it with as was on are this be by from have not",
    "de": "der die und das ist nicht mit von den ein eine zu auf für im dem des auch sich",
    "fr": "le la les des et est une que dans pour qui pas sur au avec par plus du ce il",
    "es": "el la los las de que y en un una por con para es del se no su al como",
    "it": "il di che e la un una per non sono del della con in da gli è si come",
    "pt": "o a os as que e do da em um uma para com não por dos no na se mais",
    "nl": "de het een en van ik te dat die in is niet zijn op aan met voor er maar",
    "pl": "i w na z się nie do to że jest od za po przez jak ale co dla są",
    "id": "yang dan di dengan untuk ini itu dari pada tidak akan dalam adalah ke oleh juga",
    "tr": "ve bir bu da de için ile çok olarak daha olan gibi ne ama var kadar sonra",
    "sv": "och att det som en på är av för med den till inte har de om ett men var",
    "cs": "a se na je že v s z do i to jako o ve pro by ale podle",
    "hu": "a az és hogy nem is egy ez meg de volt csak már még mint azt",
    "vi": "và của là có cho được trong không một người với các khi này để",
    "fi": "ja on ei se että oli hän mutta kun niin myös ovat sekä tai joka",
}
_WORD_SETS = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str, declared: str) -> str:
    """The tag: `declared` where the text's script bears it out, else what the text looks like."""
    said = _DECLARED.match(declared.strip())
    tag = said.group(1).lower() if said else ""
    tag = {"cn": "zh", "jp": "ja", "kr": "ko", "gb": "en"}.get(tag, tag)
    sample = text[:_SAMPLE]
    script = _script_language(sample)
    if script:
        return tag if tag in _SHARED_SCRIPT.get(script, (script,)) else script
    if tag in ("zh", "ja", "ko", "ru", "ar", "he", "el", "th") and len(sample) > 60:
        tag = ""
    words = _by_words(sample)
    if words and words != tag and (not tag or tag in _WORD_SETS):
        return words
    return tag


def _script_language(sample: str) -> str:
    if not _OTHER_SCRIPT.search(sample):
        return ""
    letters = max(len("".join(_WORD.findall(sample))), 1)
    for lang, pattern in _SCRIPTS:
        share = len("".join(pattern.findall(sample))) / letters
        # Japanese has kana among its Han characters; Chinese quotes a few at most.
        if share > (0.08 if lang == "ja" else 0.3):
            return lang
    return ""


def _by_words(sample: str) -> str:
    words = Counter(_WORD.findall(sample.lower()))
    total = sum(words.values())
    if total < 20:
        return ""
    hits = {lang: sum(map(words.get, known, repeat(0))) for lang, known in _WORD_SETS.items()}
    best = max(hits, key=lambda lang: hits[lang])
    return best if hits[best] / total > 0.12 else ""
