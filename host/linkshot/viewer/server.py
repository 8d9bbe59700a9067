"""A small threaded HTTP server on a loopback address, on a port the system chooses."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOOPBACK = "127.0.0.1"
# A webview opens six connections an origin, and some that it never uses; an event stream holds one.
WORKERS = 32
IDLE_SECONDS = 20
# A server told to stop is woken; were it not, it would look by itself after this.
LOOK_SECONDS = 1.0


def loopback_address() -> str:
    """An address of this machine that hardly anything else serves on; 127.0.0.1 where there is but that.

    Cookies ignore ports: in a person's own browser, whatever serves on 127.0.0.1 is sent the cookies of
    all that do. Linux and Windows have all of 127.0.0.0/8 (RFC 1122, 3.2.1.3), macOS only the first.
    """
    system = random.SystemRandom()
    address = f"127.{system.randint(1, 254)}.{system.randint(0, 255)}.{system.randint(1, 254)}"
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return LOOPBACK
    return address


class QuietHandler(WSGIRequestHandler):
    """Logs nothing: addresses carry the secret of the run, and stdout is the command line's."""

    timeout = IDLE_SECONDS

    def log(self, type: str, message: str, *args: object) -> None:
        """Drop the line."""

    def version_string(self) -> str:
        """The Server header, without versions."""
        return "linkshot"


class PooledServer(ThreadedWSGIServer):
    """Serves each connection on a worker of a bounded pool, so that database connections are reused."""

    daemon_threads = True
    timeout = LOOK_SECONDS

    def __init__(self, address: str, app: WSGIApplication) -> None:
        """Bind at once; serve when told."""
        super().__init__(address, 0, app, QuietHandler)
        self._is_stopping = False
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="viewer")

    def serve(self) -> None:
        """Take connections until told to stop, asleep in between."""
        while not self._is_stopping:
            self.handle_request()

    def tell_to_stop(self) -> None:
        """Have `serve` return at once, from any thread: a connection wakes it."""
        self._is_stopping = True
        with contextlib.suppress(OSError):
            socket.create_connection((self.host, self.port), LOOK_SECONDS).close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hand the connection to a worker."""
        self._pool.submit(self.process_request_thread, request, client_address)

    def log(self, type: str, message: str, *args: object) -> None:
        """Drop the line."""

    def server_close(self) -> None:
        """Stop listening; requests under way end by themselves."""
        super().server_close()
        self._pool.shutdown(wait=False, cancel_futures=True)


class LoopbackServer:
    """A server with the thread it runs on; `app` may be set after the port is known."""

    def __init__(self, address: str = LOOPBACK) -> None:
        """Bind a port of the address."""
        self.app: WSGIApplication | None = None
        self._address = address
        self._server = PooledServer(address, self._answer)
        self._thread = threading.Thread(target=self._server.serve, daemon=True)

    @property
    def host(self) -> str:
        """What a right Host header says."""
        return f"{self._address}:{self._server.server_port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{self.host}"

    def start(self) -> None:
        """Serve from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and free the port."""
        self._server.tell_to_stop()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ: Any, start_response: Any) -> Any:
        if self.app is None:
            raise RuntimeError("the server was started without an application")
        return self.app(environ, start_response)
