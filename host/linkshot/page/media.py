"""Media types: what bytes are, and the name a resource gets from them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

OCTETS = "application/octet-stream"
PDF = "application/pdf"

EXTENSIONS = {
    "text/html": "html",
    "application/xhtml+xml": "xhtml",
    "text/css": "css",
    "text/plain": "txt",
    "text/vtt": "vtt",
    "text/xml": "xml",
    "application/xml": "xml",
    "application/json": "json",
    PDF: "pdf",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/apng": "apng",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/jxl": "jxl",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "image/x-icon": "ico",
    "font/woff": "woff",
    "font/woff2": "woff2",
    "font/ttf": "ttf",
    "font/otf": "otf",
    "font/collection": "ttc",
    "application/vnd.ms-fontobject": "eot",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/ogg": "ogv",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "weba",
    "audio/flac": "flac",
    # Kept as files: documents that people publish, and archives of them.
    "text/csv": "csv",
    "text/markdown": "md",
    "application/rtf": "rtf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/ofd": "ofd",
    "application/vnd.ms-works": "wps",
    "application/epub+zip": "epub",
    "application/zip": "zip",
    "application/vnd.rar": "rar",
    "application/x-7z-compressed": "7z",
    "application/gzip": "gz",
    "application/x-tar": "tar",
}

# What a type may be written with: fewer signs than https://datatracker.ietf.org/doc/html/rfc6838#section-4.2
# lets a server name it by, and none that means anything in markup or style, where addresses hold types.
_TYPE = re.compile(r"[a-z0-9][a-z0-9!$^_.+-]*/[a-z0-9][a-z0-9!$^_.+-]*")

# Names in the wild for the types above.
ALIASES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/vnd.microsoft.icon": "image/x-icon",
    "image/ico": "image/x-icon",
    "image/x-ms-bmp": "image/bmp",
    "image/svg": "image/svg+xml",
    "application/font-woff": "font/woff",
    "application/x-font-woff": "font/woff",
    "application/font-woff2": "font/woff2",
    "application/x-font-ttf": "font/ttf",
    "application/x-font-truetype": "font/ttf",
    "application/font-sfnt": "font/ttf",
    "font/sfnt": "font/ttf",
    "application/x-font-otf": "font/otf",
    "application/x-font-opentype": "font/otf",
    "application/vnd.ms-opentype": "font/otf",
    "application/x-pdf": PDF,
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "application/x-zip-compressed": "application/zip",
    "application/x-zip": "application/zip",
    "application/x-rar-compressed": "application/vnd.rar",
    "application/x-rar": "application/vnd.rar",
    "application/x-gzip": "application/gzip",
    "text/rtf": "application/rtf",
    "text/x-markdown": "text/markdown",
}

MEDIA_TYPES = {extension: media_type for media_type, extension in EXTENSIONS.items()} | {
    "htm": "text/html",
    "shtml": "text/html",
    "xht": "application/xhtml+xml",
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "jfif": "image/jpeg",
    "tiff": "image/tiff",
    "md": "text/plain",
    "log": "text/plain",
    "xml": "application/xml",
}

# https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern and the sections after it.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\xff\x0a", "image/jxl"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO", "font/otf"),
    (b"ttcf", "font/collection"),
    (b"\x00\x01\x00\x00", "font/ttf"),
    (b"true", "font/ttf"),
    (b"%PDF-", PDF),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<!--", b"<script")
_VAGUE = {"", OCTETS, "text/plain", "application/x-unknown", "unknown/unknown", "*/*"}


def media_type_of(content_type: str) -> str:
    """The type alone, lower-case, without parameters; "" where there is none, or something else in its place."""
    bare = content_type.partition(";")[0].strip().lower()
    return ALIASES.get(bare, bare) if _TYPE.fullmatch(bare) else ""


def extension_for(media_type: str) -> str:
    """The file extension of a media type, without its dot; "bin" for one that is not known."""
    return EXTENSIONS.get(media_type_of(media_type), "bin")


def resource_name(sha256: str, media_type: str) -> str:
    """`<sha256>.<extension>`: how documents and style sheets refer to a resource."""
    return f"{sha256}.{extension_for(media_type)}"


def sniff_media_type(raw: bytes, declared: str = "", url: str = "") -> str:
    """What `raw` is: its signature first, then what was declared, then the address, then the text.

    The first 512 bytes suffice. A declared type is doubted only where it is vague or
    contradicted by a signature of another kind.
    """
    declared = media_type_of(declared)
    signature = _signature(raw)
    if signature and (declared in _VAGUE or _kind(declared) in ("image", "font")):
        return declared if declared == "image/apng" else signature
    if declared and declared not in _VAGUE:
        return declared
    by_name = _from_address(url)
    if by_name and declared != "text/plain":
        return by_name
    return _from_text(raw, declared)


def is_text_type(media_type: str) -> bool:
    """Is this a type whose bytes are text (and compress and differ as text does)?"""
    bare = media_type_of(media_type)
    return (
        bare.startswith("text/")
        or bare.endswith(("+xml", "+json"))
        or bare in ("application/json", "application/xml", "application/javascript")
    )


def is_html_type(media_type: str) -> bool:
    """Is this the type of an HTML document, in either syntax?"""
    return media_type_of(media_type) in ("text/html", "application/xhtml+xml")


def _kind(media_type: str) -> str:
    kind = media_type.partition("/")[0]
    return "font" if kind == "application" and "font" in media_type else kind


def _signature(raw: bytes) -> str:
    for magic, media_type in _SIGNATURES:
        if raw.startswith(magic):
            return media_type
    if raw[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(raw[8:12], "")
    if raw[4:8] == b"ftyp":
        return "image/avif" if raw[8:12] in (b"avif", b"avis") else "video/mp4"
    return ""


def _from_address(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    extension = path.rpartition("/")[2].rpartition(".")[2].lower()
    return MEDIA_TYPES.get(extension, "")


def _from_text(raw: bytes, declared: str) -> str:
    head = raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    if declared == "text/plain":
        return declared if _is_text(raw) else OCTETS
    if head.startswith(b"<?xml"):
        return "image/svg+xml" if b"<svg" in head else "application/xml"
    if head.startswith(b"<svg"):
        return "image/svg+xml"
    if head.startswith(_HTML_STARTS):
        return "text/html"
    return "text/plain" if raw and _is_text(raw) else OCTETS


def _is_text(raw: bytes) -> bool:
    """No byte that plain text cannot have, by https://mimesniff.spec.whatwg.org/#binary-data-byte."""
    if raw.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")):
        return True
    return not any(b < 9 or b == 0x0B or 0x0E <= b <= 0x1A or 0x1C <= b <= 0x1F for b in raw[:512])
