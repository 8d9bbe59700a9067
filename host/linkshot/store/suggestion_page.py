"""What suggestions look at in a page: its address, its words, the tags it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from linkshot.errors import LinkNotFound
from linkshot.page.reading import Policy, Reading
from linkshot.store.library import Library
from linkshot.store.reading_rows import read_fields, read_text, shown_tree
from linkshot.store.search.folding import fold
from linkshot.store.search.tokens import Run, runs_of

TEXT_CHARACTERS = 600
_MAX_NAME_CHARACTERS = 10
_MAX_NAME_WORDS = 3
_DATE = re.compile(r"\d{2,}")


class SuggestFor(msgspec.Struct, frozen=True, kw_only=True):
    """A page that wants tags; `tags` are those it has, or has been given so far.

    `url` is canonical, `reading` what is known of the page: perhaps its title alone.
    """

    url: str
    site: str
    reading: Reading
    tags: Sequence[str] = ()
    link_id: int | None = None


def page_of(library: Library, link_id: int) -> SuggestFor:
    """A link of the library with its latest reading.

    Raises:
        LinkNotFound: no link has this id.
    """
    row = library.database.row("SELECT url, site, title FROM link WHERE id = ?", (link_id,))
    if row is None:
        raise LinkNotFound(link=link_id)
    url, site, title = row
    return SuggestFor(
        url=url, site=site, reading=_reading(library, link_id, title), link_id=link_id
    )


def _reading(library: Library, link_id: int, title: str) -> Reading:
    tree_id = shown_tree(library.database, link_id)
    fields = read_fields(library.database, tree_id) if tree_id is not None else None
    if fields is None or tree_id is None:
        return Reading(title=title)
    text = read_text(library.database, tree_id)[:TEXT_CHARACTERS]
    return msgspec.structs.replace(fields, title=fields.title or title, text=text)


def folder_of(url: str) -> str:
    """The address up to its last slash; "" where that is the whole site."""
    parts = urlsplit(url)
    folder = parts.path.rpartition("/")[0]
    return f"{parts.scheme}://{parts.netloc}{folder}/" if folder else ""


def headline(page: SuggestFor) -> list[str]:
    """The folded texts that tell most: title, keywords, the policy card's words."""
    reading = page.reading
    policy = reading.policy or Policy()
    texts = [reading.title, *reading.keywords, policy.topic, policy.office]
    return [fold(text) for text in texts if text]


def names_in(folded: str) -> Iterator[str]:
    """Every piece of folded text that may be a tag's name."""
    runs = runs_of(folded)
    for index, run in enumerate(runs):
        if run.is_paired:
            yield from _pieces(run.text)
        for last in range(index, min(index + _MAX_NAME_WORDS, len(runs))):
            whole = folded[run.start : runs[last].end]
            if "\n" not in whole and len(whole) <= 40:
                yield " ".join(whole.split())


def _pieces(text: str) -> Iterator[str]:
    for start in range(len(text)):
        for end in range(start + 2, min(start + _MAX_NAME_CHARACTERS, len(text)) + 1):
            yield text[start:end]


def like_terms(page: SuggestFor) -> dict[str, None]:
    """Expressions for the text index: keywords as phrases, the title in pairs and words."""
    terms: dict[str, None] = {}
    for keyword in page.reading.keywords:
        terms.update(dict.fromkeys(_phrases(runs_of(fold(keyword)))))
    for run in runs_of(fold(page.reading.title)):
        if not run.is_paired:
            terms.update(dict.fromkeys(_phrases([run])))
        else:
            pairs = (run.text[start : start + 2] for start in range(len(run.text) - 1))
            terms.update((f'"{pair}"', None) for pair in pairs)
    return terms


def _phrases(runs: Sequence[Run]) -> Iterator[str]:
    """One phrase of all runs; none where it says next to nothing."""
    tokens: list[str] = []
    for run in runs:
        if run.is_paired and len(run.text) > 1:
            tokens += [run.text[start : start + 2] for start in range(len(run.text) - 1)]
        elif run.is_paired or len(run.text) < 2 or _DATE.fullmatch(run.text):
            return
        else:
            tokens.append(run.text)
    if tokens and (len(runs) == 1 or not any(run.is_paired for run in runs)):
        yield f'"{" ".join(tokens)}"'
