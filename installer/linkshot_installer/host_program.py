"""Where the installed host is, and the program that browsers start."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from linkshot.errors import HostProgramMissing, OutputUnwritable
from linkshot.paths import LIBRARY_VARIABLE
from linkshot_installer.files import FolderRecord, write_file
from linkshot_installer.machine import Machine


def installed_host() -> Path:
    """The absolute path of `linkshot-host` that belongs to this Python.

    Raises:
        HostProgramMissing: it is not installed.
    """
    name = "linkshot-host.exe" if os.name == "nt" else "linkshot-host"
    # sys.executable is not resolved: in a virtual environment it is a link, and the scripts are beside the link.
    folders = (
        Path(sys.executable).parent,
        Path(sysconfig.get_path("scripts")),
        Path(sysconfig.get_path("scripts", f"{os.name}_user")),
    )
    for folder in folders:
        if (folder / name).is_file():
            return (folder / name).absolute()
    on_path = shutil.which(name)
    if on_path is None:
        raise HostProgramMissing(folder=folders[0])
    return Path(on_path).absolute()


def launcher_path(machine: Machine) -> Path:
    """Where the launcher stands, if one is needed."""
    name = "linkshot-host.bat" if machine.system == "windows" else "linkshot-host"
    return machine.state_dir / name


def launcher_text(machine: Machine, host: Path, library: Path) -> bytes:
    """A program that starts the host with a library of its own: browsers pass on no environment of ours."""
    if machine.system == "windows":
        # cmd reads a batch file in the console's code page; 65001 is UTF-8. A % in a path would be expanded.
        lines = (
            "@echo off",
            "chcp 65001 >nul",
            f'set "{LIBRARY_VARIABLE}={_batch(library)}"',
            f'"{_batch(host)}" %*',
            "",
        )
        return "\r\n".join(lines).encode("utf-8")
    lines = (
        "#!/bin/sh",
        f"{LIBRARY_VARIABLE}={shlex.quote(str(library))}",
        f"export {LIBRARY_VARIABLE}",
        f'exec {shlex.quote(str(host))} "$@"',
        "",
    )
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _batch(path: Path) -> str:
    return str(path).replace("%", "%%")


def host_for_browsers(machine: Machine, host: Path, library: Path | None) -> Path:
    """The program that manifests name: the host itself, or a launcher where the library is not the default.

    Raises:
        OutputUnwritable: the launcher, or its folder, cannot be written.
    """
    if library is None:
        remove_launcher(machine)
        return host
    launcher = launcher_path(machine)
    content = launcher_text(machine, host, library.absolute())
    with _named_failure(launcher):
        if not launcher.is_file() or launcher.read_bytes() != content:
            FolderRecord.load(machine.state_dir).make(launcher.parent)
            write_file(launcher, content, mode=0o755)
    return launcher


def remove_launcher(machine: Machine) -> None:
    """Take the launcher away; one that is not there is no error.

    Raises:
        OutputUnwritable: it stays.
    """
    launcher = launcher_path(machine)
    with _named_failure(launcher), contextlib.suppress(FileNotFoundError, NotADirectoryError):
        launcher.unlink()


@contextlib.contextmanager
def _named_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputUnwritable(path=path, reason=error.strerror or str(error)) from error
