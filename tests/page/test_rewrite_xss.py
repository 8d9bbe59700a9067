"""Known attacks, each rewritten and opened in a real browser: nothing runs, nobody is asked.

All are parsed and put into one living page, twice: under the policy that the viewer shows snapshots
with, and bare, with scripts allowed and no policy at all. The subtler ones are also opened bare as
documents of their own. Every name but the test's own leads to a listener that notes
connections, so that what only connects (`preconnect`) is seen as well.
"""

import json
import re
import shutil
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from linkshot.page.rewrite import rewrite_document
from linkshot.viewer.snapshots import snapshot_policy

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
# What the browser asks for by itself: time, updates.
# No end of word: the bytes after a name in a greeting may be letters.
CHROMIUMS_OWN = re.compile(r"\b(google|googleapis|gstatic|gvt1|googleusercontent)\.com|update2")
OURS = "\n//# sourceURL=linkshot-test"
# Tells what a handler or a script's address left in a tree; in a document of its own, clicks what acts.
LOOK = """
var active = /^(href|src|action|formaction|data|xlink:href|from|to|by|values|poster|background)$/i
var elsewhere = /^(https?|mailto|tel|ftp|file|sms):/
function look(root, name, alarms, clicks) {
    // A form sends to its own document, which would end the test here: a person's click alone does it.
    root.addEventListener('submit', event => event.preventDefault())
    for (const e of root.querySelectorAll('*')) {
        for (const a of e.attributes)
            if (/^on/i.test(a.name) || active.test(a.name) && /^[\\x00-\\x20]*(java|vb)script:/i.test(a.value))
                alarms.push(`${name}: ${e.tagName} ${a.name}=${a.value}`)
        if (/^(script|base|portal)$/i.test(e.localName)) alarms.push(`${name}: ${e.localName}`)
        if (e.shadowRoot) look(e.shadowRoot, name, alarms, clicks)
        if (e.content instanceof DocumentFragment) look(e.content, name, alarms, clicks)
        const href = e.getAttribute('href') ?? e.getAttribute('xlink:href') ?? ''
        if (clicks && /^(a|area|summary|label)$/i.test(e.localName) && !elsewhere.test(href))
            e.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))
    }
}
function lookAtFrames() {
    const alarms = []
    for (const frame of document.querySelectorAll('iframe'))
        if (frame.contentDocument) look(frame.contentDocument, frame.getAttribute('src'), alarms, true)
        else alarms.push(frame.getAttribute('src') + ' went elsewhere')
    return alarms
}
function adopt(texts) {
    const alarms = []
    for (const text of texts) {
        const parsed = Document.parseHTMLUnsafe(text)
        // In a shadow tree, where names such as createElement do not shadow the document's own.
        const holder = document.createElement('div')
        const place = document.body.appendChild(holder).attachShadow({mode: 'open'})
        place.append(parsed.documentElement)
        look(place, text, alarms, false)
    }
    return alarms
}
"""


def subtle(folder) -> list[str]:
    """The cheat sheet's attacks with their placeholders filled in, and those known to pass sanitisers."""
    found = [item["data"] for item in json.loads((folder / "h5sc-items.open.json").read_text())]
    for key, value in json.loads((folder / "h5sc-payloads.json").read_text()).items():
        if isinstance(value, str):
            found = [text.replace(f"%{key}%", value) for text in found]
    expected = json.loads((folder / "dompurify-expect.open.json").read_text())
    return found + [item["payload"] for item in expected]


def plenty(folder) -> list[str]:
    """Lists of thousands, an attack a line."""
    names = ("xss-payload-list.open.txt", "h5sc-vectors.txt")
    return [x for name in names for x in (folder / name).read_text(errors="replace").splitlines()]


def made_safe(attacks: list[str]) -> list[str]:
    """What is stored of each; those that come out the same only once."""
    safe = [rewrite_document(text, "http://victim.test/", lambda _: None, {}) for text in attacks]
    return list(dict.fromkeys(safe))


class Server:
    """Serves `/<mode>/` with a frame for each document `/<mode>/N`; `asked` is every other path."""

    def __init__(self, documents: list[str]) -> None:
        asked = self.asked = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                _, mode, name = (self.path + "//").split("/")[:3]
                body = ""
                if mode == "favicon.ico":
                    pass  # the browser's own wish, for the page of frames
                elif mode not in ("bare", "policy") or (name and not name.isdigit()):
                    asked.append(self.path)
                elif name:
                    body = documents[int(name)]
                else:
                    body = "".join(f"<iframe src={n}></iframe>" for n in range(len(documents)))
                raw = ("<!DOCTYPE html>" + body).encode("utf-8", "replace")
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(raw)))
                if mode == "policy":
                    policy = snapshot_policy(f"{server.url}/policy/")
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, format: str, *values: object) -> None:
                """Say nothing: stderr belongs to the test."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Trap:
    """Takes every connection that is meant for somebody else, and keeps whom and what it asked for."""

    def __init__(self) -> None:
        self.caught: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._hear, args=(connection,), daemon=True).start()

    def _hear(self, connection: socket.socket) -> None:
        connection.settimeout(2)
        try:
            first = connection.recv(4000)
        except OSError:
            first = b""
        connection.close()
        # A TLS greeting names its host in plain text.
        names = " ".join(re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", first.decode("latin-1")))
        if not CHROMIUMS_OWN.search(names):
            self.caught.append(names or f"nothing: {first[:40]!r}")


class Shown:
    """A page of a browser whose every script and every connection is noted in `alarms`."""

    def __init__(self, browser, trap: Trap) -> None:
        self._trap = trap
        self.seen: list[str] = []
        self.page = browser.new_page()
        self.page.on("dialog", lambda d: (self.seen.append(f"dialog {d.message}"), d.dismiss()))
        self.page.on("popup", lambda opened: self.seen.append(f"window {opened.url}"))
        self._session = self.page.context.new_cdp_session(self.page)
        self._session.on("Debugger.scriptParsed", self._parsed)
        self._session.send("Debugger.enable")

    def run(self, expression: str) -> None:
        """Run ours in the page, and keep what it tells."""
        answer = self._session.send(
            "Runtime.evaluate",
            {"expression": expression + OURS, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer
        self.seen += answer["result"].get("value") or []

    def alarms(self, server: Server) -> list[str]:
        asked = [*server.asked, *self._trap.caught]
        return self.seen + [f"asked for {what!r}" for what in asked]

    def _parsed(self, script: dict) -> None:
        context = script.get("executionContextAuxData", {})
        if script["url"] != "linkshot-test" and context.get("isDefault"):
            self.seen.append(f"script {script['url']} {context}")


@pytest.fixture(scope="module")
def chromium():
    if BROWSER is None:
        pytest.skip("no Chromium is here")
    from playwright.sync_api import sync_playwright

    trap = Trap()
    rules = f"--host-resolver-rules=MAP * 127.0.0.1:{trap.port}, EXCLUDE 127.0.0.1"
    off = "--disable-features=IsolateSandboxedIframes,AutofillServerCommunication"
    flags = ["--no-sandbox", rules, off]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=flags)
        yield browser, trap
        browser.close()
    trap.listener.close()


@pytest.mark.e2e
def test_no_attack_acts_in_a_document_of_its_own(corpus, chromium):
    server = Server(made_safe(subtle(corpus / "adversarial" / "xss")))
    shown = Shown(*chromium)
    shown.page.goto(f"{server.url}/bare/", timeout=120_000)
    shown.run(LOOK + "lookAtFrames()")
    shown.page.wait_for_timeout(500)
    server.server.shutdown()
    assert shown.alarms(server) == []


@pytest.mark.e2e
@pytest.mark.parametrize("mode", ["bare", "policy"])
def test_no_attack_acts_in_a_living_page(corpus, chromium, mode):
    folder = corpus / "adversarial" / "xss"
    safe = made_safe(subtle(folder) + plenty(folder))
    server = Server([])
    shown = Shown(*chromium)
    shown.page.goto(f"{server.url}/{mode}/")
    for start in range(0, len(safe), 400):
        shown.run(LOOK + f"adopt({json.dumps(safe[start : start + 400])})")
        shown.page.wait_for_timeout(300)
        shown.run("document.body.replaceChildren()")
    server.server.shutdown()
    assert shown.alarms(server) == []


@pytest.mark.e2e
def test_what_acts_would_have_been_noticed(chromium):
    server = Server(
        [
            "<img src=x onerror=1>",
            "<script>1</script>",
            "<link rel=preconnect href=http://far.test/>",
            "<a href='javascript:1'>a</a>",
        ]
    )
    shown = Shown(*chromium)
    shown.page.goto(f"{server.url}/bare/")
    shown.run(LOOK + "lookAtFrames()")
    shown.page.wait_for_timeout(500)
    server.server.shutdown()
    kinds = {alarm.replace("asked for ", "asked ").split()[0] for alarm in shown.alarms(server)}
    assert kinds == {"script", "asked", "0:", "1:", "3:"}
