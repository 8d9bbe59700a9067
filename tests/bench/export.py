"""Single HTML files and the library beside SingleFile's files of the same pages, and the memory of a large export.

SingleFile is the npm package single-file-cli in the folder that SF_DIR names; it is run beside Linkshot
and never part of it. Both get the same pages from the same server, in the same browser, with no
name but the loopback address to be had. FIDELITY_PAGES says how many pages (0: all).
"""

from __future__ import annotations

import json
import os
import random
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
from linkshot.capture.file import capture_file
from linkshot.errors import CaptureError
from linkshot.formats.html import export_html
from linkshot.store.library import Library

PAGES = int(os.environ.get("FIDELITY_PAGES", "60"))
PICTURES = 15
PICTURE_BYTES = 20_000_000
GOAL_BYTES = 200_000_000
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
# Its bytes in UTF-8, counted there: a file of hundreds of megabytes would end the driver.
GET_SIZE = """async ([script, options]) => {
  (0, eval)(`${script};globalThis.singlefile = singlefile`);
  return new Blob([(await singlefile.getPageData(options)).content]).size;
}"""
WRITE = """
import os, sys
from pathlib import Path
from linkshot.formats.html import write_html
from linkshot.store.library import Library
with Library.open(Path(sys.argv[1])) as library, open(os.devnull, "wb") as out:
    write_html(library, int(sys.argv[2]), out)
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def rows() -> list[BenchRow]:
    """Bytes against SingleFile's where it is there, and the memory of a large export."""
    found = [memory_row()] if Path("/proc/self/status").exists() else []
    if (SINGLEFILE_DIR / "node_modules").is_dir():
        with tempfile.TemporaryDirectory() as folder:
            found += size_rows(Path(folder))
    return found


def memory_row() -> BenchRow:
    """The kernel's own high-water mark of a process that writes a page of 300 MB."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        site.mkdir()
        page = "".join(f"<img src={number}.png>" for number in range(PICTURES))
        (site / "p.html").write_text(f"<!doctype html>{page}", encoding="utf-8")
        for number in range(PICTURES):
            picture = b"\x89PNG\r\n\x1a\n" + random.Random(number).randbytes(PICTURE_BYTES)
            (site / f"{number}.png").write_bytes(picture)
        with Library.open(Path(folder) / "library") as library:
            capture = capture_file((site / "p.html").as_uri())
            saved = assemble(capture.plan, capture.sources, library)
        command = [sys.executable, "-c", WRITE, str(Path(folder) / "library")]
        written = subprocess.check_output([*command, str(saved.snapshot_id)])
    peak = int(written) * 1024
    detail = f"{peak / 1e6:.0f} MB at most, pictures of {PICTURES * PICTURE_BYTES / 1e6:.0f} MB"
    return BenchRow(
        what="export: peak memory, page of 300 MB (of 200 MB)",
        ratio=peak / GOAL_BYTES,
        goal=1,
        detail=detail,
    )


def size_rows(folder: Path) -> list[BenchRow]:
    """Sums over the pages that both kept; every page's bytes go to stderr."""
    pages = sample_pages(PAGES or 10**6)
    with served(CORPUS) as site:
        theirs = singlefile_sizes(site, pages)
        with Library.open(folder / "library") as library:
            empty = bytes_below(folder / "library")
            ours = our_sizes(site, [page for page in pages if page in theirs], library)
    stored = bytes_below(folder / "library")
    both = [page for page in ours if page in theirs]
    print(json.dumps({p: (ours[p], theirs[p]) for p in both}, indent=1), file=sys.stderr)
    our_sum, their_sum = sum(ours[p] for p in both), sum(theirs[p] for p in both)
    # one page of a thousand like pictures can outweigh all others
    largest = max(both, key=lambda page: theirs[page])
    return [
        BenchRow(
            what="export: bytes against SingleFile's, without its largest file",
            ratio=(our_sum - ours[largest]) / (their_sum - theirs[largest]),
            goal=1.0,
            detail=f"{len(both) - 1} pages, without {largest}",
        ),
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
            detail=f"{stored:,} of {their_sum:,}; the whole library on disk, without text and index;"
            f" {empty:,} while empty",
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
                sizes[page] = tab.evaluate(GET_SIZE, [script, SINGLEFILE_OPTIONS])
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
