"""Rules: tried on the library before they are kept, switched, forgotten."""

from __future__ import annotations

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.records import RuleRecord, RuleTrial, TagPlan
from linkshot.store.rules import (
    NewRule,
    add_rule,
    get_rule,
    list_rules,
    remove_rule,
    switch_rule,
    try_rule,
)
from linkshot.viewer.api.undo import Done, do
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_body


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules, oldest first."""

    rules: list[RuleRecord]


class Switch(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the rule is on; with `apply` it also tags what is kept already."""

    on: bool
    apply: bool = False


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A new rule and how it is to be switched, in one step."""

    rule: NewRule
    switch: Switch


def show_rules(viewer: Viewer, request: Request) -> Rules:
    """Every rule."""
    return Rules(rules=list_rules(viewer.library))


def try_new(viewer: Viewer, request: Request) -> RuleTrial:
    """What a rule would do that is not kept yet."""
    return try_rule(viewer.library, read_body(request, NewRule))


def try_kept(viewer: Viewer, request: Request, rule_id: int) -> RuleTrial:
    """What a rule would do."""
    return try_rule(viewer.library, get_rule(viewer.library, rule_id))


def add(viewer: Viewer, request: Request) -> Done:
    """Keep a rule and switch it."""
    asked = read_body(request, Wanted)
    library = viewer.library

    def change() -> TagPlan:
        rule = add_rule(library, asked.rule)
        return _switch(viewer, rule.rule_id, asked.switch)

    return do(library, change)


def switch(viewer: Viewer, request: Request, rule_id: int) -> Done:
    """Switch a rule on or off."""
    asked = read_body(request, Switch)
    return do(viewer.library, lambda: _switch(viewer, rule_id, asked))


def remove(viewer: Viewer, request: Request, rule_id: int) -> Done:
    """Forget a rule; the tags that it gave stay."""

    def change() -> TagPlan:
        remove_rule(viewer.library, rule_id)
        return TagPlan(links=0)

    return do(viewer.library, change)


def _switch(viewer: Viewer, rule_id: int, asked: Switch) -> TagPlan:
    links = switch_rule(viewer.library, rule_id, on=asked.on, apply=asked.apply)
    return TagPlan(links=links)


ROUTES = (
    ("GET", "/api/rules", show_rules),
    ("POST", "/api/rules", add),
    ("POST", "/api/rules/try", try_new),
    ("GET", "/api/rules/<int:rule_id>/try", try_kept),
    ("POST", "/api/rules/<int:rule_id>/switch", switch),
    ("POST", "/api/rules/<int:rule_id>/remove", remove),
)
