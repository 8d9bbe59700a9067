"""A program between browser and host that kills the host (kill -9) at points given beforehand.

Run as `dying_host.py POINTS HOST …`: the file POINTS has a line for each start of the host, the number of a
frame or an action; after that frame is passed on, the host dies. Once no line is left, it lives.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO


def next_point(points: Path) -> str:
    """Take the first line away; "" where there is none."""
    lines = points.read_text().splitlines()
    rest = points.with_suffix(".rest")
    rest.write_text("\n".join(lines[1:]))
    rest.replace(points)  # whoever reads meanwhile never sees it empty too early
    return lines[0] if lines else ""


def frames(stream: BinaryIO) -> object:
    """Each frame, header included."""
    while header := stream.read(4):
        yield header + stream.read(struct.unpack("=I", header)[0])


def main(points: str, *host: str) -> None:
    point = next_point(Path(points))
    running = subprocess.Popen(host, stdin=subprocess.PIPE)
    for number, frame in enumerate(frames(sys.stdin.buffer), 1):
        running.stdin.write(frame)
        running.stdin.flush()
        if point and (point == str(number) or f'"action":"{point}"'.encode() in frame[:200]):
            time.sleep(0.02)  # so that it has begun on the frame
            running.kill()
            break
    running.stdin.close()
    running.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
