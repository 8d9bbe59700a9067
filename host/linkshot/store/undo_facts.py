"""The facts of one change, as the journal keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from operator import sub

import msgspec
import zstandard

from linkshot.store.tag_change import AliasState, RuleState, TagChange, TagState

_LEVEL = 3


class Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rows that changed, each as it was and as it became; None is a row that is not there.

    `given` and `taken` are the links of each tag, ascending, each as the step from the one before.
    """

    tags: list[tuple[int, TagState | None, TagState | None]] = []
    aliases: list[tuple[str, AliasState | None, AliasState | None]] = []
    rules: list[tuple[int, RuleState | None, RuleState | None]] = []
    rule_tags_given: list[tuple[int, int]] = []
    rule_tags_taken: list[tuple[int, int]] = []
    given: dict[int, list[int]] = {}
    taken: dict[int, list[int]] = {}


def facts_of(change: TagChange) -> Facts:
    """What a finished change did."""
    pairs = change.rule_tags.items()
    return Facts(
        tags=[(tag_id, *change.tags[tag_id]) for tag_id in change.changed_tags()],
        aliases=[(key, *states) for key, states in change.aliases.items()],
        rules=[(rule_id, *states) for rule_id, states in change.rules.items()],
        rule_tags_given=[pair for pair, is_made in pairs if is_made],
        rule_tags_taken=[pair for pair, is_made in pairs if not is_made],
        given={tag_id: _steps(links) for tag_id, links in change.given.items() if links},
        taken={tag_id: _steps(links) for tag_id, links in change.taken.items() if links},
    )


def links_of(steps: Iterable[int]) -> list[int]:
    """The links that `given` or `taken` names."""
    return list(accumulate(steps))


def pack_facts(facts: Facts) -> bytes:
    """Facts as a column."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(msgspec.msgpack.encode(facts))


def unpack_facts(packed: bytes) -> Facts:
    """Facts of a column."""
    data = zstandard.ZstdDecompressor().decompress(packed)
    return msgspec.msgpack.decode(data, type=Facts)


def _steps(link_ids: set[int]) -> list[int]:
    ordered = sorted(link_ids)
    return [*ordered[:1], *map(sub, ordered[1:], ordered)]
