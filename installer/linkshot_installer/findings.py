"""What the doctor can find, in both languages, each with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from linkshot.errors import Language
from linkshot.errors.reasons import ZH


class Advice(NamedTuple):
    """What was found, and the cure ("" where nothing is wrong)."""

    en: str
    zh: str
    cure_en: str = ""
    cure_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One result of one check; `subject` is the browser or part it is about."""

    subject: str
    code: str
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def is_fault(self) -> bool:
        """Does something have to be done? Hints (`HINTS`) and sound parts need nothing."""
        return self.code not in SOUND and self.code not in HINTS

    def message(self, language: Language) -> str:
        """What was found."""
        advice = ADVICE[self.code]
        if language == "zh":
            return advice.zh.format(
                **{name: ZH.get(fact, fact) for name, fact in self.facts.items()}
            )
        return advice.en.format(**self.facts)

    def cure(self, language: Language) -> str:
        """What to do about it; "" where nothing is wrong."""
        advice = ADVICE[self.code]
        return (advice.cure_zh if language == "zh" else advice.cure_en).format(**self.facts)


SOUND = frozenset({"host_answers", "extension_ready"})
# Worth knowing, but nobody has to mend it: the person may not use that browser at all.
HINTS = frozenset({"sandboxed_portal", "sandboxed_flatpak", "sandboxed_snap", "no_browser"})

_AGAIN_EN = "Run “linkshot install”."
_AGAIN_ZH = "请运行 linkshot install。"
_REINSTALL_EN = "Install Linkshot again (“pip install --force-reinstall linkshot”), then run “linkshot install”."
_REINSTALL_ZH = (
    "请重新安装链接快照（pip install --force-reinstall linkshot），再运行 linkshot install。"
)

ADVICE = {
    "host_answers": Advice(
        "ready: the host answered in {ms} ms (version {version}, library {library})",
        "正常：主机在 {ms} 毫秒内应答（版本 {version}，资料库 {library}）",
    ),
    "extension_ready": Advice("the extension is at {path}", "扩展位于 {path}"),
    "extension_missing": Advice(
        "the extension is not at {path}", "{path} 中没有扩展", _REINSTALL_EN, _REINSTALL_ZH
    ),
    "extension_other": Advice(
        "the extension at {path} has another id than the host lets in",
        "{path} 中扩展的 ID 与主机允许的不同",
        "Keep the “key” line of its manifest.json as it was delivered.",
        "请保留 manifest.json 中原有的 key 一行。",
    ),
    "no_browser": Advice(
        "no browser that Linkshot knows was found for this user",
        "没有为当前用户找到受支持的浏览器",
        "Start your browser once, then run “linkshot install”.",
        "请先启动一次浏览器，再运行 linkshot install。",
    ),
    "manifest_missing": Advice(
        "not registered: {path} is not there", "尚未登记：{path} 不存在", _AGAIN_EN, _AGAIN_ZH
    ),
    "manifest_unreadable": Advice(
        "{path} cannot be read: {reason}", "无法读取 {path}：{reason}", _AGAIN_EN, _AGAIN_ZH
    ),
    "manifest_wrong": Advice(
        "{path} is not right: {field} should be {wanted}, and is {found}",
        "{path} 有误：{field} 应为 {wanted}，实为 {found}",
        _AGAIN_EN,
        _AGAIN_ZH,
    ),
    "registry_wrong": Advice(
        "the registry key {key} does not point at {path}",
        "注册表键 {key} 没有指向 {path}",
        _AGAIN_EN,
        _AGAIN_ZH,
    ),
    "host_missing": Advice(
        "the host {path} is not there any more",
        "主机程序 {path} 已不存在",
        _AGAIN_EN + " Linkshot was moved, or installed anew elsewhere.",
        _AGAIN_ZH + "链接快照可能已移动或重新安装。",
    ),
    "host_not_executable": Advice(
        "the host {path} may not be executed",
        "主机程序 {path} 没有执行权限",
        "Run “chmod +x {path}”; if it lies on a disk mounted noexec, install Linkshot elsewhere.",
        "请运行 chmod +x {path}；如所在磁盘以 noexec 挂载，请安装到其他位置。",
    ),
    "host_not_started": Advice(
        "the host {path} does not start: {reason}",
        "主机程序 {path} 无法启动：{reason}",
        _REINSTALL_EN,
        _REINSTALL_ZH,
    ),
    "host_silent": Advice(
        "the host {path} did not answer within {seconds} seconds",
        "主机程序 {path} 在 {seconds} 秒内没有应答",
        "Close programs that use the library and try again; the log is in {log}.",
        "请关闭正在使用资料库的程序后重试；日志在 {log}。",
    ),
    "host_refused": Advice(
        "the host {path} answered with an error: {reason}",
        "主机程序 {path} 返回错误：{reason}",
        "The message says what to do; the log is in {log}.",
        "请按错误说明处理；日志在 {log}。",
    ),
    "sandboxed_flatpak": Advice(
        "installed as a Flatpak, which may not start programs outside its sandbox",
        "以 Flatpak 安装，无法启动沙盒以外的程序",
        "Use this browser as your distribution's package or from its maker's site. "
        "Links can be kept without it: “linkshot add”.",
        "请改用发行版自带或官网提供的安装包。不经此浏览器也可保存链接：linkshot add。",
    ),
    "sandboxed_snap": Advice(
        "installed as a snap, which may not start programs outside its sandbox",
        "以 snap 安装，无法启动沙盒以外的程序",
        "Use this browser as a .deb or .rpm from its maker's site, or Firefox, whose snap can. "
        "Links can be kept without it: “linkshot add”.",
        "请改用官网提供的 .deb 或 .rpm 安装包，或使用 Firefox（其 snap 版可用）。不经此浏览器也可保存链接：linkshot add。",
    ),
    "sandboxed_portal": Advice(
        "installed as a snap: the desktop asks once whether the extension may start Linkshot",
        "以 snap 安装：首次使用时桌面会询问是否允许扩展启动链接快照",
        "Answer yes. If it was refused: “flatpak permission-set webextensions {host} snap.firefox yes”.",
        "请选择允许。如曾拒绝，请运行：flatpak permission-set webextensions {host} snap.firefox yes",
    ),
}
