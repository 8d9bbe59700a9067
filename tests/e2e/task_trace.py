"""How long a page's thread is kept busy at one time, in processor time: other programs use the cores too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

_CONFIG = {"includedCategories": ["toplevel"]}
_MAIN_THREAD = "CrRendererMain"
_TASK = "ThreadControllerImpl::RunTask"


def longest_task_ms(page: Page, act: Callable[[], object]) -> float:
    """The longest task of any page of the browser while `act` runs: https://chromedevtools.github.io/devtools-protocol/tot/Tracing/"""
    session = page.context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    ended: list[object] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda end: ended.append(end))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": _CONFIG})
    act()
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    session.detach()
    names = [one for one in events if one["name"] == "thread_name"]
    mains = {(one["pid"], one["tid"]) for one in names if one["args"]["name"] == _MAIN_THREAD}
    tasks = [one for one in events if one["name"] == _TASK and (one["pid"], one["tid"]) in mains]
    return max(float(task.get("tdur", 0)) for task in tasks) / 1000
