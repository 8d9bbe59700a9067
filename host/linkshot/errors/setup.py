"""The browsers cannot be connected."""

from __future__ import annotations

from linkshot.errors.base import LinkshotError


class SetupError(LinkshotError):
    """The browsers on this machine cannot be connected."""

    code = "setup_failed"
    en = "The browsers could not be connected: {reason}."
    zh = "无法与浏览器建立连接：{reason}。"


class HostProgramMissing(SetupError):
    """The program that browsers start is not installed."""

    code = "host_program_missing"
    en = "The program linkshot-host is not in {folder}. Install Linkshot again: “pip install --force-reinstall linkshot”."
    zh = "{folder} 中没有程序 linkshot-host。请重新安装：pip install --force-reinstall linkshot。"
