"""A page that is likely not what was wanted: the popup says so in a line and takes it again with a click."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e

HEAD = "<!doctype html><meta charset=utf-8>"


LOGIN = f"{HEAD}<title>登录</title><input type=password>请先登录"


def test_login_page_is_warned_of_in_a_line(start_browser, site):
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(site.put("/p", LOGIN)))
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    assert popup.text("warnings") == (
        "This looks like a login page; the text itself may be missing. Log in, then capture again."
    )
    assert popup.text("action") == "Capture again"


def test_doubtful_page_is_taken_again_by_one_click(chromium, site, linkshot, wait_until):
    browser = chromium()
    popup = browser.open_popup(browser.open_tab(site.put("/p", LOGIN)))
    popup.wait_for("saved")
    popup.click("action")
    wait_until(lambda: linkshot("list")[0]["snapshots"] == 2)
    assert linkshot("show", "1")["receipt"]["warnings"] == ["login_wall"]


def test_article_is_not_warned_of(start_browser, site, linkshot):
    text = "<p>关于促进产业发展的若干措施，请各单位贯彻执行。登录后可查看附件。</p>" * 40
    browser = start_browser()
    page = f"{HEAD}<title>通知</title><a href=/in>请登录</a><article>{text}</article>"
    popup = browser.open_popup(browser.open_tab(site.put("/p", page)))
    popup.wait_for("saved")
    assert linkshot("show", "1")["receipt"]["warnings"] == []


# Always a request under way, and the page never the same.
RESTLESS = """<script>
setInterval(() => { n.textContent = performance.now(); }, 10);
const ask = () => fetch('/again', {cache: 'no-store'}).finally(ask);
ask();
</script>"""


def test_page_that_never_settles_is_kept_as_it_is_and_warned_of(
    start_browser, site, guarded, linkshot
):
    browser = start_browser()
    late = f"<p>长江流域综合规划<p id=n><img src={guarded.url}/never>"
    url = site.put("/p", f"{HEAD}<title>甲</title>{late}{RESTLESS}")
    popup = browser.open_popup(browser.open_tab(url, wait_until="commit"))
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    assert "The page was still loading when it was kept" in popup.text("warnings")
    shown = linkshot("show", "1")
    assert (shown["title"], "not_settled" in shown["receipt"]["warnings"]) == ("甲", True)
