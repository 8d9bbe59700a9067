"""Single HTML files and the library beside SingleFile's files of the same pages, and the memory of a large export.

SingleFile is the npm package single-file-cli in the folder that SF_DIR names; it is run beside Linkshot
and never part of it. Both get the same pages from the same server, in the same browser, with no
name but the loopback address to be had. FIDELITY_PAGES says how many pages (0: all).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.click import CORPUS, sample_pages, served
from tests.bench.fidelity import SINGLEFILE_DIR
from tests.bench.stored_bytes import bytes_below
from tests.bench.table import BenchRow

from linkshot.capture.assemble import assemble
from linkshot.capture.browser import BrowserCapturer, BrowserOptions
from linkshot.errors import CaptureError
from linkshot.formats.html import export_html, write_html
from linkshot.store.library import Library

PAGES = int(os.environ.get("FIDELITY_PAGES", "60"))
LARGE_MB = 300
# As its command line has them by default, scripts blocked; what is hidden stays.
SINGLEFILE_OPTIONS = {
    "removeHiddenElements": False,
    "removeUnusedStyles": True,
    "removeUnusedFonts": True,
    "compressHTML": True,
    "blockScripts": True,
    "removeAlternativeFonts": True,
    "removeAlternativeMedias": True,
    "removeAlternativeImages": True,
    "groupDuplicateImages": True,
    "loadDeferredImages": False,
    "removeFrames": False,
}
BUNDLE = (
    "import(process.argv[1] + '/node_modules/single-file-cli/lib/single-file-bundle.js')"
    ".then((m) => process.stdout.write(JSON.stringify([m.hookScript, m.script])))"
)
GET_PAGE = """async ([script, options]) => {
  (0, eval)(`${script};globalThis.singlefile = singlefile`);
  return (await singlefile.getPageData(options)).content;
}"""
MEASURE = """
import resource, sys
from tests.bench.export import keep_large
from linkshot.formats.html import write_html
from linkshot.store.library import Library
with Library.open(sys.argv[1]) as library, open(sys.argv[2], "wb") as out:
    size = write_html(library, int(sys.argv[3]), out)
print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def rows() -> list[BenchRow]:
    """Bytes against SingleFile's where it is there, and the memory of a large export."""
    found = [memory_row()]
    if (SINGLEFILE_DIR / "node_modules").is_dir():
        with tempfile.TemporaryDirectory() as folder:
            found += size_rows(Path(folder))
    return found


def size_rows(folder: Path) -> list[BenchRow]:
    """Sums over the pages that both kept; `sizes.json` beside the results has every page."""
    pages = sample_pages(PAGES or 10**6)
    with served(CORPUS) as site:
        theirs = singlefile_sizes(site, pages)
        with Library.open(folder / "library") as library:
            ours = our_sizes(site, [page for page in pages if page in theirs], library)
    stored = bytes_below(folder / "library")
    both = [page for page in ours if page in theirs]
    print(json.dumps({p: (ours[p], theirs[p]) for p in both}, indent=1), file=sys.stderr)
    our_sum, their_sum = sum(ours[p] for p in both), sum(theirs[p] for p in both)
    return [
        BenchRow(
            what="export: bytes against SingleFile's, in all",
            ratio=our_sum / their_sum,
            goal=1.0,
            detail=f"{len(both)} pages, {our_sum:,} of {their_sum:,}",
        ),
        BenchRow(
            what="export: bytes stored against SingleFile's files",
            ratio=stored / their_sum,
            goal=0.4,
            detail=f"{stored:,} of {their_sum:,}; the whole library on disk, without text and index",
        ),
    ]


def singlefile_sizes(site: str, pages: list[str]) -> dict[str, int]:
    """Bytes of SingleFile's file of each page that it keeps."""
    from playwright.sync_api import Error, sync_playwright

    from linkshot.capture.browser_find import find_browser

    command = ["node", "--input-type=module", "-e", BUNDLE, str(SINGLEFILE_DIR)]
    hook, script = json.loads(subprocess.check_output(command))
    sizes: dict[str, int] = {}
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=arguments)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        context.add_init_script(hook)
        for page in pages:
            tab = context.new_page()
            tab.on("dialog", lambda dialog: dialog.dismiss())
            try:
                tab.goto(f"{site}{page}", wait_until="load", timeout=15_000)
                html = tab.evaluate(GET_PAGE, [script, SINGLEFILE_OPTIONS])
                sizes[page] = len(html.encode("utf-8", "replace"))
            except Error as error:
                print(page, str(error).splitlines()[0], file=sys.stderr)
            tab.close()
        browser.close()
    return sizes


def our_sizes(site: str, pages: list[str], library: Library) -> dict[str, int]:
    """Bytes of our file of each page that we keep; the pages stay in the library."""
    sizes: dict[str, int] = {}
    with BrowserCapturer(BrowserOptions(thumbnail=False)) as capturer:
        for page in pages:
            try:
                capture = capturer.capture(f"{site}{page}")
            except CaptureError as error:
                print(page, error, file=sys.stderr)
                continue
            saved = assemble(capture.plan, capture.sources, library)
            sizes[page] = len(export_html(library, saved.snapshot_id))
    return sizes
