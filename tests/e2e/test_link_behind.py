"""A link that is kept without being looked at: the tab behind draws nothing, and the copy has what only a look brings in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.conftest import Site
from unwatched import ask

from linkshot.store.library import Library
from linkshot.store.snapshots import get_snapshot, list_resources

pytestmark = pytest.mark.e2e

# Each picture comes by another way that a hidden tab keeps asleep; what is seen is noted where the test can read it.
PAGE = """<!doctype html><meta charset=utf-8><title>Behind</title>
<style>p { height: 2000px; margin: 0 } img { display: block; width: 40px; height: 40px } .off { opacity: 0 }</style>
<p>top</p><img id=observed><p></p><img id=scrolled><p></p>
<img loading=lazy src=/lazy.svg><iframe loading=lazy src=/frame.html></iframe>
<section class=off>显现</section><i id=moved style="opacity: 0">移入</i><i id=faded style="opacity: 0">淡入</i><b id=drawn></b><b id=sized></b><b id=noted></b>
<script>
  const find = (id) => document.getElementById(id);
  const observer = new IntersectionObserver((entries, self) => {
    const right = self === observer && entries[0] instanceof IntersectionObserverEntry;
    for (const { isIntersecting, target, intersectionRatio } of entries) {
      if (!isIntersecting || !right) continue;
      find('noted').append(target.id || target.className, ' ', intersectionRatio, ' ');
      if (target.id === 'observed') target.src = '/observed.svg';
      if (target.id === 'moved') move(target);
      if (target.id === 'faded') fade(target);
      target.className = '';
      self.unobserve(target);
    }
  });
  const move = (box, frame = 1) => {
    box.style.opacity = frame / 20;
    if (frame < 20) requestAnimationFrame(() => move(box, frame + 1));
  };
  const fade = async (box) => {
    await box.animate([{ opacity: 0 }, { opacity: 1 }], 400).finished;
    box.style.opacity = '0.9';
  };
  for (const name of ['observed', 'moved', 'faded']) observer.observe(find(name));
  observer.observe(document.querySelector('section'));
  addEventListener('scroll', () => { if (scrollY > 2500) find('scrolled').src = '/scrolled.svg'; });
  requestAnimationFrame(() => requestAnimationFrame(() => { find('drawn').textContent = 'drawn'; }));
  new ResizeObserver(([{ contentRect }]) => { find('sized').textContent = 'sized ' + (contentRect.height > 100); }).observe(document.body);
  find('noted').append(document.hidden ? 'hidden ' : 'shown ');
</script>"""

LEFT = "() => (globalThis.browser ?? chrome).scripting.getRegisteredContentScripts()"
# Opened by a person to be read later: loaded, and never looked at.
OPEN_BEHIND = """async url => {
  const { tabs } = globalThis.browser ?? chrome;
  const { id } = await tabs.create({ url, active: false });
  while ((await tabs.get(id)).status !== 'complete' || (await tabs.get(id)).url !== url) await new Promise((r) => setTimeout(r, 50));
  return id;
}"""
KEEP = """tab => (globalThis.browser ?? chrome).runtime.sendMessage({type: 'job.start', tab_id: tab}).then(() => 0)"""
# A page that takes up whatever is meant for a tab of ours, and says what it heard and whether anything is otherwise.
LISTENING = """<script>
  heard = [];
  for (const name of ['scroll', 'linkshot-frame']) {
    addEventListener(name, (event) => { heard.push(name); event.preventDefault(); }, true);
  }
</script>"""
HEARD = """tab => (globalThis.browser ?? chrome).scripting.executeScript({
  target: {tabId: tab}, world: 'MAIN', func: () => [...heard, document.querySelector('img[loading]').loading],
}).then(([{result}]) => result)"""
# Each of these is begun by the one before, as it is told of it.
CHAIN = """<!doctype html><title>Chain</title><b></b><script>
  let [told, most, made] = [0, 0, 0];
  const begin = () => {
    made += 1;
    new IntersectionObserver((entries, self) => {
      most = Math.max(most, told += 1);
      Promise.resolve().then(() => { told = 0; });
      document.querySelector('b').textContent = 'at once ' + most;
      self.disconnect();
      if (made < 50) begin();
    }).observe(document.body);
  };
  begin();
</script>"""
# Observers in frames of both kinds.
FRAMES = """<!doctype html><title>Frames</title><iframe src=/in.html></iframe><script>
  document.write(`<iframe src="${location.origin.replace('127.0.0.1', 'localhost')}/in.html?other"></iframe>`);
</script>"""
FRAMED = """<!doctype html><title>In</title><p style="height: 2000px"><div id=waits style="height: 100px"></div><script>
  new IntersectionObserver(([{ isIntersecting, target }]) => {
    if (isIntersecting) target.innerHTML = `<b>seen${location.search}</b>`;
  }).observe(document.getElementById('waits'));
</script>"""
# What a worker that was killed left is taken away while a tab is opened: is the script in that tab?
OPEN_AS_IT_GOES = """async url => {
  const { runtime, scripting, storage } = globalThis.browser ?? chrome;
  const { inBackgroundTab, matchAwake } = await import(runtime.getURL('background/behind.js'));
  // the worker has put away what there was when it started
  while (!(await storage.session.get('behind')).behind) await new Promise((r) => setTimeout(r, 50));
  const left = { id: 'awake', js: ['/inject/awake.js'], matches: ['<all_urls>'], runAt: 'document_start', world: 'MAIN' };
  await scripting.registerContentScripts([{ ...left, persistAcrossSessions: false }]);
  matchAwake();
  const func = () => !dispatchEvent(new Event('linkshot-frame', { cancelable: true }));
  const [{ result }] = await inBackgroundTab(url, ({ id }) => scripting.executeScript({ target: { tabId: id }, func }));
  return result;
}"""
# The browser's clock goes on while a busy machine does something else.
TRIES = 5


class Copy(NamedTuple):
    """What came of a link: its warnings, the names of what was kept, its documents one behind the other."""

    warnings: list[str]
    names: set[str]
    text: str


def kept_behind(linkshot: Callable[..., Any], url: str, folder: Path) -> Copy:
    """The copy that a tab behind makes of `url`."""
    [added] = linkshot("add", url, "--via", "tab")
    with Library.open(folder / "library") as library:
        kept = list_resources(library, added["snapshot_id"])
        first = get_snapshot(library, added["snapshot_id"]).document
        pages = [one for one in kept if one.media_type.startswith("text/html")]
        pages.sort(key=lambda page: page.name != first)
        text = "".join(library.blobs.read(page.sha256).decode() for page in pages)
    return Copy(added["receipt"]["warnings"], {Path(one.url).name for one in kept}, text)


def put_pictures(site: Site, *names: str) -> None:
    for name in names:
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/><!--{name}-->'
        site.put(f"/{name}.svg", svg, media_type="image/svg+xml")


def test_what_only_a_look_brings_in_is_kept(
    start_unwatched: Callable[[], Any], site: Site, linkshot: Callable[..., Any], tmp_path: Path
) -> None:
    put_pictures(site, "observed", "scrolled", "lazy")
    site.put("/frame.html", "<!doctype html><meta charset=utf-8><p>框架")
    browser = start_unwatched()
    url = site.put("/a", PAGE)
    for _ in range(TRIES):
        copy = kept_behind(linkshot, url, tmp_path)
        assert "observed.svg" in copy.names
        lacking = lacking_in(copy)
        if not lacking:
            break
    assert lacking == []
    # no page that is opened later has anything of this
    assert ask(browser, LEFT) == []


def lacking_in(copy: Copy) -> list[str]:
    """What the page shows to one who looks, and the copy does not; the warnings too."""
    names = {"observed.svg", "scrolled.svg", "lazy.svg", "frame.html"}
    shown = [
        '<section class="">显现',
        'opacity: 1;" class="">移入',
        'opacity: 0.9;" class="">淡入',
        ">drawn<",
        ">sized true<",
        "框架",
        # each is told of once, as it was when it came, and the page knows that nobody looks
        ">hidden observed 1 moved 1 faded 1 off 1 <",
    ]
    return [*names - copy.names, *(text for text in shown if text not in copy.text), *copy.warnings]


def test_observer_begun_by_another_is_told_in_the_next_frame(
    start_unwatched: Callable[[], Any], site: Site, linkshot: Callable[..., Any], tmp_path: Path
) -> None:
    start_unwatched()
    assert ">at once 1<" in kept_behind(linkshot, site.put("/a", CHAIN), tmp_path).text


def test_what_frames_hold_back_is_kept(
    start_unwatched: Callable[[], Any], site: Site, linkshot: Callable[..., Any], tmp_path: Path
) -> None:
    for path in ("/in.html", "/in.html?other"):
        site.put(path, FRAMED)
    start_unwatched()
    url = site.put("/a", FRAMES)
    for _ in range(TRIES):
        copy = kept_behind(linkshot, url, tmp_path)
        lacking = [text for text in ("<b>seen<", "<b>seen?other<") if text not in copy.text]
        if not lacking:
            break
    assert (lacking, copy.warnings) == ([], [])


def test_script_is_in_a_tab_opened_as_it_is_taken_away(
    start_unwatched: Callable[[], Any], site: Site
) -> None:
    assert ask(start_unwatched(), OPEN_AS_IT_GOES, site.put("/a", "<!doctype html>x")) is True


def test_hidden_tab_of_a_person_is_not_moved_but_warned_of(
    start_unwatched: Callable[[], Any],
    site: Site,
    linkshot: Callable[..., Any],
    wait_until: Callable[..., Any],
) -> None:
    url = site.put("/a", PAGE + LISTENING)
    browser = start_unwatched()
    tab = ask(browser, OPEN_BEHIND, url)
    ask(browser, KEEP, tab)
    [link] = wait_until(lambda: linkshot("list"))
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    assert version["receipt"]["warnings"] == ["placeholders_left"]
    assert ask(browser, HEARD, tab) == ["lazy"]
