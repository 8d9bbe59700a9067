"""A number that nothing in the library has is told in a code of its own, never as a fault of ours."""

import pytest

JPEG = {"media_type": "image/jpeg", "data": "/9j/4A=="}
NUMBERED = {
    "link.tag": ("link_id", {"add": ["新"]}, "link_not_found"),
    "tag.suggest": ("link_id", {}, "link_not_found"),
    "snapshot.thumbnail": ("snapshot_id", JPEG, "snapshot_not_found"),
    "capture.result": ("request_id", {"code": "page_closed"}, "capture_not_found"),
    "viewer.open": ("link_id", {}, ""),
}


@pytest.mark.parametrize("action", NUMBERED)
def test_number_out_of_bounds_is_invalid(shared_host, action):
    name, fields, _ = NUMBERED[action]
    for number in (0, -1, 2**53, 2**63, 10**30):
        assert shared_host.call(action, **{**fields, name: number})["code"] == "message_invalid"


@pytest.mark.parametrize("action", [action for action in NUMBERED if NUMBERED[action][2]])
def test_number_that_nothing_has_is_not_found(shared_host, action):
    name, fields, code = NUMBERED[action]
    for number in (9_999, 2**53 - 1):
        assert shared_host.call(action, **{**fields, name: number})["code"] == code
