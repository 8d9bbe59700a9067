"""The two things Linkshot does with the Windows registry, below HKEY_CURRENT_USER."""

from __future__ import annotations

import sys
from typing import Protocol


class Registry(Protocol):
    """Default values of keys; a key that is not there has None."""

    def read(self, key: str) -> str | None:
        """The key's default value."""
        ...

    def write(self, key: str, value: str) -> None:
        """Make the key, and those above it, with this default value."""
        ...

    def delete(self, key: str) -> None:
        """Remove the key; one that is not there is no error."""
        ...


if sys.platform == "win32":
    import winreg

    class UserRegistry:
        """The person's own part of the registry."""

        def read(self, key: str) -> str | None:
            """The key's default value."""
            try:
                return str(winreg.QueryValue(winreg.HKEY_CURRENT_USER, key))
            except FileNotFoundError:
                return None

        def write(self, key: str, value: str) -> None:
            """Make the key with this default value."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, "", 0, winreg.REG_SZ, value)

        def delete(self, key: str) -> None:
            """Remove the key."""
            try:
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
            except FileNotFoundError:
                return
