"""A receipt on a terminal: counts, what is missing and why, what is likely wrong, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import human_size

if TYPE_CHECKING:
    from linkshot.errors import Language
    from linkshot.store.records import Receipt

MISSING_SHOWN = 5

RESOURCES = Phrase("{kept} resources, {size}", "{kept} 个资源，{size}")
FRAME = Phrase("1 frame", "1 个框架")
FRAMES = Phrase("{frames} frames", "{frames} 个框架")
FONTS = Phrase("{kept} of {declared} fonts", "字体 {kept}/{declared}")
MISSING = Phrase("{count} missing", "缺 {count} 个")
MISSED = Phrase("{reason}: {url}", "{reason}：{url}")
STATUS = Phrase("status {status}", "状态 {status}")
REASONS = {
    "timeout": Phrase("timed out", "超时"),
    "too_large": Phrase("too large", "过大"),
    "refused": Phrase("refused", "被拒绝"),
    "failed": Phrase("failed", "下载失败"),
    "tainted": Phrase("locked by its site", "跨站图像，无法读取"),
    "frame_unmatched": Phrase("frame not matched", "无法对应的内嵌页面"),
    "circular": Phrase("frame within itself", "框架循环引用"),
    "too_many": Phrase("over the count limit", "超过数量上限"),
    "too_many_frames": Phrase("too many frames", "框架过多"),
    "redirects": Phrase("too many redirects", "重定向过多"),
    "host_not_resolved": Phrase("no such server", "找不到服务器"),
    "revoked": Phrase("let go by the page", "页面已释放"),
    "stream": Phrase("live stream", "流媒体"),
    "off_screen": Phrase("off the screen", "不在屏幕内"),
    "frame_silent": Phrase("frame gave no answer", "框架无响应"),
}
WARNINGS = {
    "login_wall": Phrase(
        "looks like a login page; the text itself may be missing",
        "看起来是登录页，正文可能没有保存到",
    ),
    "bot_check": Phrase("looks like a bot check", "看起来是人机验证页"),
    "empty_shell": Phrase(
        "almost empty: the page may not have finished loading",
        "页面几乎没有内容，可能尚未加载完",
    ),
    "soft_404": Phrase(
        "looks like a “page not found” page",
        "看起来是“页面不存在”的提示页",
    ),
    "placeholders_left": Phrase(
        "some pictures or sections had not been scrolled to and may be missing",
        "有些图片或段落当时尚未滚动到，可能缺失",
    ),
    "not_settled": Phrase(
        "kept while it was still loading; what came later may be missing",
        "采集时页面仍在加载，可能缺少后来的内容",
    ),
    "markup_moved": Phrase(
        "markup nested in ways that do not last; some parts may stand elsewhere",
        "页面的标记嵌套不合规范，个别内容可能移位",
    ),
    "closed_roots_left_out": Phrase(
        "too large to look into all of its closed parts; what stands in them may be missing",
        "页面过大，无法读取全部封闭组件，其中的内容可能缺失",
    ),
    "captured_without_browser": Phrase(
        "kept without a browser: what scripts make may be missing",
        "未使用浏览器采集，由脚本生成的内容可能缺失",
    ),
    "kept_as_served": Phrase(
        "a browser could not show it, so it was kept as served: what scripts make may be missing",
        "浏览器无法正常显示，已按网站提供的原样保存，由脚本生成的内容可能缺失",
    ),
    "http_error_kept": Phrase(
        "the site answered with an error page; that is what was kept",
        "网站返回的是错误页，已原样保存",
    ),
    "too_many_resources": Phrase(
        "more resources than one capture holds; the last ones were left out",
        "页面资源过多，超出上限的部分未保存",
    ),
    "site_access_partial": Phrase(
        "the browser let the extension read this page alone; what comes from other sites may be missing",
        "浏览器只允许扩展读取此页，来自其他网站的内容可能缺失",
    ),
    "markup_bounded": Phrase(
        "part of the page is nested too deep, or has too many attributes, and was kept simplified",
        "页面部分内容嵌套过深或属性过多，已简化保存",
    ),
    "script_fonts_lost": Phrase(
        "a font that the page loaded by script could not be kept; its text is shown in another",
        "页面通过脚本加载的字体未能保存，相关文字以其他字体显示",
    ),
    "selection_only": Phrase("only the selected part was kept", "仅保存了所选部分"),
    "nothing_selected": Phrase(
        "nothing was selected; the whole page was kept",
        "没有选中内容，已保存整页",
    ),
}


def receipt_line(receipt: Receipt, language: Language) -> str:
    """What was kept, what is missing and what is likely wrong, in one line."""
    warnings = (warning_text(code, language) for code in receipt.warnings)
    return " · ".join([*_counts(receipt, language), *warnings])


def receipt_lines(receipt: Receipt, language: Language) -> Text:
    """A receipt in full: counts, what is missing and why, warnings."""
    text = Text(" · ".join(_counts(receipt, language)))
    if receipt.fonts.declared:
        fonts = FONTS.of(language, kept=receipt.fonts.kept, declared=receipt.fonts.declared)
        text.append(f" · {fonts}")
    for missing in receipt.missing[:MISSING_SHOWN]:
        reason = reason_text(missing.reason, language)
        text.append(f"\n  {MISSED.of(language, reason=reason, url=missing.url)}", "dim")
    if len(receipt.missing) > MISSING_SHOWN:
        text.append(f"\n  … +{len(receipt.missing) - MISSING_SHOWN}", "dim")
    for code in receipt.warnings:
        text.append(f"\n  ! {warning_text(code, language)}", "yellow")
    return text


def warning_text(code: str, language: Language) -> str:
    """A warning in words; its code where a newer capture knows more than this version."""
    phrase = WARNINGS.get(code)
    return phrase.of(language) if phrase else code


def reason_text(code: str, language: Language) -> str:
    """Why something is missing, in words; the code itself where a newer capture knows more than this version."""
    if code.isdigit():
        return STATUS.of(language, status=code)
    phrase = REASONS.get(code)
    return phrase.of(language) if phrase else code


def _counts(receipt: Receipt, language: Language) -> list[str]:
    size = human_size(receipt.bytes.page)
    parts = [RESOURCES.of(language, kept=receipt.kept, size=size)]
    if receipt.frames:
        phrase = FRAMES if receipt.frames > 1 else FRAME
        parts.append(phrase.of(language, frames=receipt.frames))
    if receipt.agent:
        parts.append(receipt.agent)
    if receipt.missing:
        parts.append(MISSING.of(language, count=len(receipt.missing)))
    return parts
