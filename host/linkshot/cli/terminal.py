"""The one object through which a command writes: results to stdout, messages to stderr."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TextIO, TypeVar

from linkshot.cli.parser import plain_text
from linkshot.cli.phrase import Phrase
from linkshot.errors import Language, LinkshotError
from linkshot.errors.base import shortened

if TYPE_CHECKING:
    # rich costs more to import than the rest of the program; --json and `extract` never need it.
    from rich.console import Console, ConsoleOptions, RenderableType

T = TypeVar("T")
Step = Callable[[str], None]
_ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
PIPED_WIDTH = 240  # columns of a table that no terminal bounds
NO_STEP: Step = lambda _label: None  # noqa: E731 - a constant, not a function to read


class Terminal:
    """Where a command's words go; knows the person's language and whether a program is reading."""

    def __init__(self, language: Language, *, as_json: bool = False) -> None:
        """`as_json`: stdout belongs to one JSON value."""
        self.language = language
        self.as_json = as_json

    @cached_property
    def out(self) -> Console:
        """Results for people, on stdout."""
        return _console(sys.stdout)

    @cached_property
    def err(self) -> Console:
        """Messages and progress, on stderr."""
        return _console(sys.stderr)

    def json(self, value: object) -> None:
        """The command's result as one JSON value on stdout, in UTF-8 whatever the locale is."""
        import msgspec

        try:
            encoded = msgspec.json.encode(value)
        except UnicodeEncodeError:  # a path with bytes of no character, which Unix lets through
            import json

            text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
            encoded = plain_text(text).encode()
        if sys.stdout.isatty():
            encoded = msgspec.json.format(encoded)
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded + b"\n")
        sys.stdout.buffer.flush()

    def show(self, *parts: RenderableType) -> None:
        """Something for people to read, on stdout."""
        for part in parts:
            # Text is wrapped by the terminal itself, so that copied lines and addresses stay whole.
            self.out.print(part, soft_wrap=type(part).__name__ != "Table")

    def listing(
        self,
        found: Sequence[T],
        table: Callable[[Sequence[T], Language], RenderableType],
        none: Phrase,
    ) -> None:
        """What was found: as JSON, as a table, or as the words for nothing."""
        if self.as_json:
            self.json(found)
        elif found:
            self.show(table(found, self.language))
        else:
            self.say(none)

    def text(self, text: str) -> None:
        """Plain text on stdout, without wrapping or markup."""
        sys.stdout.write(harmless(text))

    def say(self, message: Phrase, **facts: object) -> None:
        """A message on stderr."""
        self.note(message.of(self.language, **facts))

    def note(self, text: str) -> None:
        """A message that is already in the person's language, on stderr."""
        if sys.stderr.isatty():
            self.err.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            sys.stderr.write(harmless(text) + "\n")

    def fail(self, error: LinkshotError, subject: str = "") -> None:
        """Name a failure on stderr: what it was about, the message with its cure, and its code."""
        message = error.message(self.language)
        subject = shortened(subject)
        about = f"{subject}: " if subject and subject not in message else ""
        self.note(f"linkshot: {about}{message} [{error.code}]")

    @contextlib.contextmanager
    def progress(self, total: int) -> Iterator[Step]:
        """A bar on stderr for long work; the step called says what comes next. Nothing when piped."""
        if not total or not sys.stderr.isatty():
            yield NO_STEP
            return
        done = -1
        with self._bar(total) as show:

            def step(label: str) -> None:
                nonlocal done
                done += 1
                show(done, total, label)

            yield step

    @contextlib.contextmanager
    def counted(self) -> Iterator[Callable[[int, int], None]]:
        """A bar on stderr for work that says itself what is done, and of how much. Nothing when piped."""
        if not sys.stderr.isatty():
            yield lambda done, total: None
            return
        with self._bar(None) as show:
            yield lambda done, total: show(done, total, "")

    @contextlib.contextmanager
    def _bar(self, total: int | None) -> Iterator[Callable[[int, int, str], None]]:
        from rich import progress

        columns = (
            progress.SpinnerColumn(),
            progress.BarColumn(24),
            progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
            progress.TextColumn("{task.description}", markup=False),
        )
        with progress.Progress(*columns, console=self.err, transient=True) as bar:
            task = bar.add_task("", total=total)

            def show(done: int, total: int, label: str) -> None:
                bar.update(task, description=label, completed=done, total=total)

            yield show


def harmless(text: str) -> str:
    """The text without what moves a terminal's cursor, names its window or colours it: pages are hostile."""
    return _ACTS.sub("\ufffd", text)


def _console(stream: TextIO) -> Console:
    from rich.console import Console
    from rich.segment import Segment

    class Quiet(Console):
        def on_broken_pipe(self) -> None:
            """Leave a closed pipe to `main`, as it is for all other writing; rich would exit by itself."""
            raise BrokenPipeError

        def render(
            self, renderable: RenderableType, options: ConsoleOptions | None = None
        ) -> Iterator[Segment]:
            """Its own control sequences pass, those of a page do not."""
            for text, style, control in super().render(renderable, options):
                yield Segment(text if control else harmless(text), style, control)

    width = None if stream.isatty() else PIPED_WIDTH
    return Quiet(file=stream, highlight=False, soft_wrap=False, markup=False, width=width)


def local_minute(moment: dt.datetime) -> str:
    """A moment as people write it, in local time."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def human_size(size_bytes: int) -> str:
    """A size in the unit that keeps it short; 1 kB is 1000 bytes."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
