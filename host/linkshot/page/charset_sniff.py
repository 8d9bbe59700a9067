"""The encoding of bytes that say nothing, or something wrong, about it: told by their content."""

from __future__ import annotations

import re
from collections.abc import Callable

from linkshot.page.charset_labels import CODECS

_SAMPLE_BYTES = 200_000
_DOUBT_BYTES = 20_000
# A score from which a two-byte encoding is believed, and how much more another needs.
_READS_WELL, _FAR = 0.35, 0.3
_SCRIPT_RUN = 2
# Too little for frequencies to tell; then Hanzi of GB 2312's first level do, the 3,755 commonest.
_FEW_BYTES = 40
_GB_COMMON = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe])+")
# A script that is not closed runs to the end, as it does in browsers; nothing here goes back.
_TAGS = re.compile(rb"<(script|style)\b(?:[^<]++|<(?!/\1))*+|<[^>]{0,2000}>", re.I)
_NOT_HIGH = re.compile("[\0-\x7f\u3000]+")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UTF8_LONG = re.compile(rb"[\xe0-\xf4][\x80-\xbf]{2,3}")
_UTF8_ANY = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")

# The most frequent characters of running text, simplified and traditional: a wrong decoding of
# Chinese yields rare characters, hardly ever these.
_FREQUENT_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后"
    "多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合"
    "还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只"
    "没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边"
    "流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造"
    "百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例"
    "真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且"
    "究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何"
    "這個國為會來們時說對學發經電機業開還沒與關點間實體當應從動過後裡樣種無長問題話見現將進於網書讓頭給種資訊"
)
_FREQUENT_HANGUL = frozenset(
    "이다는에의을가하고지은한로도를사기들자서그인어리있대스라나정시해것일전제과수만"
)


def is_utf8(raw: bytes, *, strict: bool) -> bool:
    """Is this UTF-8? With `strict`, another encoding was declared, so a few lucky bytes do not do.

    Two-byte sequences alone are also Hanzi pairs in GBK; a three-byte sequence hardly is.
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        # A document cut in the middle of a character is still UTF-8.
        if error.start < len(raw) - 3 or error.reason != "unexpected end of data":
            return not strict and _mostly_utf8(raw)
    if not strict:
        return True
    return bool(_UTF8_LONG.search(raw)) or len(_UTF8_ANY.findall(raw[:_SAMPLE_BYTES])) >= 4


def _mostly_utf8(raw: bytes) -> bool:
    broken = raw.decode("utf-8", "replace").count("\ufffd")
    return broken * 40 < len(_UTF8_ANY.findall(raw))


def sniff_utf16(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by the zero bytes of its ASCII; None otherwise."""
    sample = raw[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    planes = [sample[i::4].count(0) / max(len(sample[i::4]), 1) for i in range(4)]
    if planes[2] > 0.9 and planes[3] > 0.9 and planes[0] < 0.1:
        return "utf-32le"
    if planes[0] > 0.9 and planes[1] > 0.9 and planes[3] < 0.1:
        return "utf-32be"
    even, odd = (planes[0] + planes[2]) / 2, (planes[1] + planes[3]) / 2
    if odd > 0.2 and even < 0.05:
        return "utf-16le"
    return "utf-16be" if even > 0.2 and odd < 0.05 else None


def sniff_encoding(raw: bytes, declared: str | None = None) -> str:
    """The encoding the bytes read best in; windows-1252 where nothing else fits."""
    escaped = _by_escape(raw)
    if escaped:
        return escaped
    text = _TAGS.sub(b" ", raw[:_SAMPLE_BYTES])
    runs = _HIGH_RUN.findall(text) or _HIGH_RUN.findall(raw[:_SAMPLE_BYTES])
    if not runs:
        return declared or "utf-8"
    scores = {name: score(text) for name, score in _SCORES.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _READS_WELL:
        return best
    if len(b"".join(runs)) <= _FEW_BYTES and all(map(_GB_COMMON.fullmatch, runs)):
        return "gb18030"
    # Latin words have a letter with an accent here and there; other scripts are nothing but such bytes.
    is_latin = sum(map(len, runs)) < _SCRIPT_RUN * len(runs)
    return (None if is_latin else _one_byte(b" ".join(runs))) or "windows-1252"


def far_better(raw: bytes, declared: str) -> str:
    """`declared`, or the two-byte encoding that the bytes read far better in though both decode.

    Nearly any Big5 is also some GBK, and GBK is also some Shift_JIS: of rare characters.
    """
    text = _TAGS.sub(b" ", raw[:_SAMPLE_BYTES])[:_DOUBT_BYTES]
    if declared not in _SCORES or not _HIGH_RUN.search(text):
        return declared
    own = _SCORES[declared](text)
    if own >= _READS_WELL:
        return declared
    scores = {name: score(text) for name, score in _SCORES.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= max(_READS_WELL, own + _FAR) else declared


def _by_escape(raw: bytes) -> str | None:
    sample = raw[:_SAMPLE_BYTES]
    if b"\x1b$)C" in sample:
        return "iso-2022-kr"
    return "iso-2022-jp" if b"\x1b$B" in sample or b"\x1b$@" in sample else None


def _high_text(raw: bytes, name: str) -> str:
    return _NOT_HIGH.sub("", raw.decode(CODECS[name], "replace"))


def _share(text: str, is_good: Callable[[str], bool]) -> float:
    return sum(map(is_good, text)) / len(text) if text else 0.0


def _fit(raw: bytes, name: str, is_good: Callable[[str], bool]) -> float:
    """The share of telling characters, less what does not decode."""
    text = _high_text(raw, name)
    return _share(text, is_good) - 5 * text.count("\ufffd") / max(len(text), 1)


def _is_kana(char: str) -> bool:
    return "\u3041" <= char <= "\u30fe" or char in "。、"


_SCORES: dict[str, Callable[[bytes], float]] = {
    # Running Chinese has 0.45 to 0.65 of these characters.
    "gb18030": lambda raw: _fit(raw, "gb18030", _FREQUENT_HAN.__contains__) * 1.5,
    "big5": lambda raw: _fit(raw, "big5", _FREQUENT_HAN.__contains__) * 1.5,
    "euc-kr": lambda raw: _fit(raw, "euc-kr", _FREQUENT_HANGUL.__contains__) * 1.5,
    "shift_jis": lambda raw: _fit(raw, "shift_jis", _is_kana) * 1.4,
    "euc-jp": lambda raw: _fit(raw, "euc-jp", _is_kana) * 1.4,
}


def _one_byte(high: bytes) -> str | None:
    """Scripts other than Latin in one byte: letters of one case, in words, tell them apart."""
    best, best_share = None, 0.75
    for name, low, high_end, lower in _ONE_BYTE:
        text = high.decode(CODECS[name], "replace").replace(" ", "")
        share = _share(text, lambda c, a=low, b=high_end: a <= c <= b)  # type: ignore[misc]
        share *= 0.6 + 0.4 * _share(text, lower) - text.count("\ufffd") / max(len(text), 1)
        if share > best_share:
            best, best_share = name, share
    return best


_FREQUENT_THAI = frozenset("านรอกเงมยลวดทสตะปบคหแจพชขใไโ\u0e31\u0e34\u0e35\u0e48\u0e49\u0e38\u0e39")
_VOWELS_RU = frozenset("оеаинтсрвлкмдпу")
_ONE_BYTE: tuple[tuple[str, str, str, Callable[[str], bool]], ...] = (
    ("windows-1251", "\u0400", "\u04ff", _VOWELS_RU.__contains__),
    ("koi8-r", "\u0400", "\u04ff", _VOWELS_RU.__contains__),
    ("iso-8859-5", "\u0400", "\u04ff", _VOWELS_RU.__contains__),
    ("ibm866", "\u0400", "\u04ff", _VOWELS_RU.__contains__),
    ("x-mac-cyrillic", "\u0400", "\u04ff", _VOWELS_RU.__contains__),
    ("iso-8859-7", "\u0370", "\u03ff", str.islower),
    ("windows-1255", "\u0590", "\u05ff", str.isalpha),
    ("windows-1256", "\u0600", "\u06ff", str.isalpha),
    ("windows-874", "\u0e00", "\u0e7f", _FREQUENT_THAI.__contains__),
)
