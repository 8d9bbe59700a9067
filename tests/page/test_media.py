"""Media types as servers say them."""

import pytest

from linkshot.page.media import media_type_of


@pytest.mark.parametrize(
    ("said", "media_type"),
    [
        ("Text/HTML; charset=GBK", "text/html"),
        ("image/jpg", "image/jpeg"),
        (
            "application/vnd.ms-excel.sheet.macroEnabled.12",
            "application/vnd.ms-excel.sheet.macroenabled.12",
        ),
        ("image/svg+xml", "image/svg+xml"),
        ("html", ""),
        ('image/x"><meta http-equiv=refresh>', ""),
        ("image/x);a:url(b", ""),
        ("image/x y", ""),
    ],
)
def test_type_is_a_type_or_nothing(said, media_type):
    assert media_type_of(said) == media_type
