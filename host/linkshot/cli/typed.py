"""The address that a person means: a file by its name, one in a line of a list, or what was typed."""

from __future__ import annotations

import re
from pathlib import Path

from linkshot.errors import FileUnreadable

# A file that is not there is told as one, not as a site that was not found.
_LIKE_A_FILE = re.compile(
    r"^(?:/|\.{1,2}[/\\])|^(?!localhost/)(?:[^/\\?#.:]+[/\\])*[^/?#\\]+\.(?:x?html?|mht(?:ml)?|pdf)$",
    re.IGNORECASE,
)
# One in a line of a list: behind a title or a number, in brackets or quotation marks.
_IN_A_LINE = re.compile(
    r"(?<![\w=&?/%.:-])https?://[^\s\u3000<>\"'|“”‘’「」()（）\[\]【】《》，。；、]+",
    re.IGNORECASE | re.ASCII,
)


def typed_address(given: str) -> str:
    """An HTML file's name as its file: address, of a line its one address; all else as it is, for others to judge."""
    given = given.partition("\t")[0] if given.startswith("http") else given
    if not given or re.match(r"[a-z][a-z0-9+.-]+:", given, re.IGNORECASE):
        return given
    path = Path(given)
    try:
        is_path = (path.suffix and path.is_file()) or ("." not in given and path.is_dir())
    except OSError:  # no name that a file may have
        is_path = False
    if not (is_path or _LIKE_A_FILE.search(given)):
        return _only_address(given)
    try:
        return path.absolute().as_uri()
    except OSError as error:  # the folder that the command was started in is gone
        raise FileUnreadable(path=given, reason=error.strerror or str(error)) from error


def _only_address(line: str) -> str:
    found = [] if line.startswith("#") else _IN_A_LINE.findall(line)
    return found[0] if len(set(found)) == 1 else line
