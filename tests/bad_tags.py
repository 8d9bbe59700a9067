"""Tags that are refused wherever they are given, with the code and what is said in each language."""

from __future__ import annotations

LONG = "长" * 201
DEEP = "/".join("abcdefghijk")

BAD_TAGS = {
    "": (
        "tag_empty",
        "A tag needs at least one visible character between its slashes: “”.",
        "标签的每一级都要有可见字符：“”。",
    ),
    " ": (
        "tag_empty",
        "A tag needs at least one visible character between its slashes: “ ”.",
        "标签的每一级都要有可见字符：“ ”。",
    ),
    "a//b": (
        "tag_empty",
        "A tag needs at least one visible character between its slashes: “a//b”.",
        "标签的每一级都要有可见字符：“a//b”。",
    ),
    LONG: (
        "tag_too_long",
        f"The tag “{LONG}” is too long: at most 200 characters and 10 levels.",
        f"标签“{LONG}”过长：最多 200 个字符、10 级。",
    ),
    DEEP: (
        "tag_too_long",
        f"The tag “{DEEP}” is too long: at most 200 characters and 10 levels.",
        f"标签“{DEEP}”过长：最多 200 个字符、10 级。",
    ),
    "政策/": (
        "tag_slash_at_end",
        "The tag “政策/” must not begin or end with a slash.",
        "标签“政策/”的开头和结尾不能是斜杠。",
    ),
}
