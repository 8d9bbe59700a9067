"""Pages far beyond the ordinary, and how long the page stands still while it is captured."""

from __future__ import annotations

from typing import Any

from tests.conftest import Site
from tests.e2e.inject_page import at_address

from linkshot.capture.browser_inject import open_world

# https://w3c.github.io/longtasks/ counts tasks over 50 ms.
FROZEN_MS = 100
TRIES = 6
# What the loop below takes where nothing else runs: a slow or busy machine is allowed its own pace.
LOOP_MS = 40
LOOP = """() => {
  const start = performance.now();
  let sum = 0;
  for (let i = 0; i < 5_000_000; i += 1) sum = (sum * 31 + i) | 0;
  return performance.now() - start + (sum & 0);
}"""
WATCH = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: 'longtask' });
}"""
TOLD = "() => new Promise((resolve) => setTimeout(() => resolve(longTasks.splice(0)), 200))"

ELEMENTS = "<!doctype html><title>甲</title>" + "".join(
    f'<div class="c"><a href="/x/{i}">link <b>{i}</b></a></div>' for i in range(16_667)
)
MEGABYTE = 1_000_000
RULES = "".join(
    f".r{i:06} > a:hover, .r{i:06} em {{ color: #{i:06x}; margin: 0 auto }}\n"
    for i in range(MEGABYTE // 64)
)
NESTED = """<!doctype html><body><script>
  // A parser stops at 512; script goes on.
  let inner = document.body;
  for (let i = 0; i < 2000; i += 1) inner = inner.appendChild(document.createElement('em'));
  inner.textContent = 'x';
</script>"""
# One paragraph of fifty thousand is selected, among its like and in the slot of a host.
PARAGRAPHS = f"<div id=all>{'<p>甲</p>' * 50_000}</div>"
SELECT = "<script>getSelection().selectAllChildren(document.querySelectorAll('p')[%d])</script>"
SLOTTED = f"""<!doctype html>{PARAGRAPHS}<script>
  const root = all.attachShadow({{ mode: 'open' }});
  root.innerHTML = '<b>乙</b><slot></slot>';
  getSelection().setBaseAndExtent(root.querySelector('b').firstChild, 0, all.children[3].firstChild, 1);
</script>"""
SELECTIONS = {
    "fourth": f"<!doctype html>{PARAGRAPHS}{SELECT % 3}",
    "last": f"<!doctype html>{PARAGRAPHS}{SELECT % 49_999}",
    "slotted": SLOTTED,
}
FRAMES = "<!doctype html>" + "".join(
    f'<iframe srcdoc="<p>{i}</p>" width=20 height=20></iframe>' for i in range(500)
)


def longest_task_ms(url: str, **options: object) -> float:
    """The longest task of a capture at the machine's own pace, the best of a few: others use its cores too."""

    async def act(page: Any, session: Any) -> float:
        world = await open_world(session)
        await page.evaluate(WATCH)
        longest = []
        for _ in range(TRIES):
            loop_ms = await page.evaluate(LOOP)
            await page.evaluate(TOLD)
            await world.capture(options)
            task_ms = max(await page.evaluate(TOLD), default=0.0)
            loop_ms += await page.evaluate(LOOP)
            longest.append(task_ms / max(1.0, loop_ms / 2 / LOOP_MS))
            if longest[-1] <= FROZEN_MS:
                break
        return min(longest)

    return float(at_address(url, act))


def css_page(site: Site) -> str:
    """24 MB of style: linked, inline, and adopted; one sheet of each changed by script."""
    for index in range(20):
        site.put(f"/{index}.css", RULES, media_type="text/css")
    links = "".join(f'<link rel="stylesheet" href="/{index}.css">' for index in range(20))
    inline = f"<style>{RULES}</style>" * 3
    script = """<script>
      document.styleSheets[0].insertRule('p { color: red }', 0);
      document.styleSheets[20].insertRule('p { color: red }', 0);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(document.querySelector('style').textContent);
      document.adoptedStyleSheets = [sheet];
    </script>"""
    return site.put("/css", f"<!doctype html><title>乙</title>{links}{inline}<p>甲{script}")


def pictures_page(site: Site) -> str:
    """300 MB of pictures, seventy-five of the same size."""
    size = 4 * MEGABYTE
    for index in range(75):
        head = b'<svg xmlns="http://www.w3.org/2000/svg"/><!--%d' % index
        site.put(f"/{index}.svg", head.ljust(size - 3, b"-") + b"-->", media_type="image/svg+xml")
    pictures = "".join(f'<img src="/{index}.svg" alt="">' for index in range(75))
    return site.put("/pictures", f"<!doctype html>{pictures}")


def cards_page(site: Site) -> str:
    """A gallery of nothing but cards that wait to be seen."""
    style = "<style>main div { position: absolute; opacity: 0; height: 80px }</style>"
    cards = "".join(f"<div style='top: {i * 100}px'>{i}</div>" for i in range(2_000))
    return site.put("/cards", f"<!doctype html><title>丙</title>{style}<main>{cards}")


def fading_page(site: Site) -> str:
    """A story whose paragraphs are to be seen only while they are on the screen."""
    style = "<style>p { opacity: 0; transition: opacity 0.3s } .on { opacity: 1 }</style>"
    paragraphs = "".join(f"<p>{i}" for i in range(2_500))
    script = """<script>
      const observer = new IntersectionObserver((entries) => {
        for (const { target, isIntersecting } of entries) target.className = isIntersecting ? 'on' : '';
      });
      for (const p of document.querySelectorAll('p')) observer.observe(p);
    </script>"""
    return site.put("/fading", f"<!doctype html><title>丁</title>{style}{paragraphs}{script}")
