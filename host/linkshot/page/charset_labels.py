"""The names of encodings: labels of the WHATWG Encoding Standard to Python's decoders.

Source: https://encoding.spec.whatwg.org/#names-and-labels. Where Python's table of the same name
is narrower than what browsers use (GB2312, Shift_JIS, Big5, Latin-1), the wider one stands here.
"""

from __future__ import annotations

# name -> (Python codec, labels besides the name itself)
_ENCODINGS: dict[str, tuple[str, str]] = {
    "utf-8": (
        "utf-8",
        "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8 utf-8-sig",
    ),
    "utf-16le": ("utf-16-le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf16"),
    "utf-16be": ("utf-16-be", "unicodefffe"),
    "utf-32le": ("utf-32-le", "utf-32 ucs-4"),
    "utf-32be": ("utf-32-be", ""),
    "gb18030": (
        "gb18030",
        "gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58 x-gbk cp936 ms936"
        " gb-2312 euc-cn x-euc-cn gb18030-2022 windows-936 zh_cn",
    ),
    "big5": ("big5hkscs", "big5-hkscs cn-big5 csbig5 x-x-big5 big5hkscs cp950 big-5"),
    "shift_jis": ("cp932", "csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis cp932"),
    "euc-jp": ("euc_jp", "cseucpkdfmtjapanese x-euc-jp"),
    "iso-2022-jp": ("iso2022_jp_2", "csiso2022jp"),
    "iso-2022-kr": ("iso2022_kr", "csiso2022kr"),
    "hz-gb-2312": ("hz", "hz"),
    "euc-kr": (
        "cp949",
        "cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601"
        " windows-949 cp949 uhc",
    ),
    "ibm866": ("cp866", "866 cp866 csibm866"),
    "ibm855": ("cp855", "cp855"),
    "koi8-r": ("koi8_r", "cskoi8r koi koi8 koi8_r"),
    "koi8-u": ("koi8_u", "koi8-ru"),
    "macintosh": ("mac_roman", "csmacintosh mac x-mac-roman macroman"),
    "x-mac-cyrillic": ("mac_cyrillic", "x-mac-ukrainian"),
    "windows-874": ("cp874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 cp874"),
    "windows-1250": ("cp1250", "cp1250 x-cp1250"),
    "windows-1251": ("cp1251", "cp1251 x-cp1251 win-1251"),
    "windows-1252": (
        "cp1252",
        "ansi_x3.4-1968 ascii us-ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100"
        " iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 latin-1 x-cp1252",
    ),
    "windows-1253": ("cp1253", "cp1253 x-cp1253"),
    "windows-1254": (
        "cp1254",
        "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5 x-cp1254",
    ),
    "windows-1255": ("cp1255", "cp1255 x-cp1255"),
    "windows-1256": ("cp1256", "cp1256 x-cp1256"),
    "windows-1257": ("cp1257", "cp1257 x-cp1257"),
    "windows-1258": ("cp1258", "cp1258 x-cp1258"),
    "iso-8859-2": ("iso8859_2", "csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 l2 latin2"),
    "iso-8859-3": ("iso8859_3", "csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3"),
    "iso-8859-4": ("iso8859_4", "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4"),
    "iso-8859-5": ("iso8859_5", "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso_8859-5"),
    "iso-8859-6": ("iso8859_6", "arabic asmo-708 csisolatinarabic ecma-114 iso8859-6 iso_8859-6"),
    "iso-8859-7": (
        "iso8859_7",
        "csisolatingreek ecma-118 elot_928 greek greek8 iso8859-7 iso_8859-7",
    ),
    "iso-8859-8": ("iso8859_8", "csisolatinhebrew hebrew iso8859-8 visual iso-8859-8-i logical"),
    "iso-8859-10": ("iso8859_10", "csisolatin6 iso8859-10 l6 latin6"),
    "iso-8859-13": ("iso8859_13", "iso8859-13 iso885913"),
    "iso-8859-14": ("iso8859_14", "iso8859-14 iso885914"),
    "iso-8859-15": ("iso8859_15", "csisolatin9 iso8859-15 iso885915 iso_8859-15 l9"),
    "iso-8859-16": ("iso8859_16", ""),
}

CODECS = {name: codec for name, (codec, _) in _ENCODINGS.items()}
_NAMES = {
    label: name for name, (_, labels) in _ENCODINGS.items() for label in [name, *labels.split()]
}


def encoding_name(label: str) -> str | None:
    """The encoding that `label` means, in the standard's name; None for an unknown label."""
    return _NAMES.get(label.strip(" \t\r\n\f\"'").lower())
