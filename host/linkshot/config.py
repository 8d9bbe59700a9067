"""The few choices that are the person's: language, from the environment."""

from __future__ import annotations

import locale
import os

from linkshot.errors import Language

LANGUAGE_VARIABLE = "LINKSHOT_LANG"


def ui_language() -> Language:
    """`zh` where LINKSHOT_LANG or the locale is Chinese, else `en`."""
    names = (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((os.environ[name] for name in names if os.environ.get(name)), None)
    if chosen is None:
        chosen = locale.getlocale()[0] or ""
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"
