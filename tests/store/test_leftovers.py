import os
import tempfile
import time

import pytest

from linkshot.capture.http import FOLDER, capture_with_http
from linkshot.store.health import verify
from linkshot.store.leftovers import LEFT_SECONDS, sweep_leftovers


def left(folder, *, seconds=LEFT_SECONDS + 60):
    folder.mkdir()
    (folder / "part").write_bytes(b"x")
    then = time.time() - seconds
    os.utime(folder, (then, then))
    return folder


def test_old_folder_goes_others_stay(tmp_path):
    left(tmp_path / "linkshot-old")
    left(tmp_path / "linkshot-new", seconds=LEFT_SECONDS - 60)
    left(tmp_path / "other-old")
    sweep_leftovers(tmp_path, "linkshot-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["linkshot-new", "other-old"]


@pytest.mark.skipif(os.name == "nt", reason="a link needs a right there that few have")
def test_link_of_that_name_leads_nowhere(tmp_path):
    kept = left(tmp_path / "papers")
    (tmp_path / "linkshot-link").symlink_to(kept)
    os.utime(tmp_path / "linkshot-link", (0, 0), follow_symlinks=False)
    sweep_leftovers(tmp_path, "linkshot-")
    assert (kept / "part").is_file()


def test_what_a_killed_capture_left_goes_with_the_next(tmp_path, monkeypatch, site):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left(tmp_path / f"{FOLDER}killed")
    capture_with_http(site.put("/", "<p>x"))
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_verify_left_goes_with_the_next(library):
    folder = left(library.root / ".verify-killed")
    verify(library)
    assert not folder.exists()
