"""The table of browsers: where each keeps its data and looks for native hosts.

A Chromium looks in `NativeMessagingHosts` of its user data folder on Linux and macOS, and under a registry
key on Windows, where most of its relatives kept Chrome's key. Firefox's relatives kept `.mozilla` and
Mozilla's key, but for LibreWolf. Sources: the makers' pages on native messaging
(https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging,
https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests,
https://learn.microsoft.com/microsoft-edge/extensions/developer-guide/native-messaging,
https://librewolf.net/docs/faq/). A browser stands here only where its folders are known for sure.
"""

from __future__ import annotations

from linkshot_installer.browser import Browser, Family, Place, Sandbox, System

CHROME_KEY = r"Software\Google\Chrome\NativeMessagingHosts"
CHROMIUM_KEY = r"Software\Chromium\NativeMessagingHosts"
EDGE_KEY = r"Software\Microsoft\Edge\NativeMessagingHosts"
MOZILLA_KEY = r"Software\Mozilla\NativeMessagingHosts"
LIBREWOLF_KEY = r"Software\LibreWolf\NativeMessagingHosts"

CONFIG = "~/.config"
SUPPORT = "~/Library/Application Support"
LOCAL = r"%LOCALAPPDATA%"
ROAMING = r"%APPDATA%"

MOZILLA_LINUX = "~/.mozilla/native-messaging-hosts"
MOZILLA_MAC = f"{SUPPORT}/Mozilla/NativeMessagingHosts"
CHROMIUM_PAGE = "chrome://extensions"
FIREFOX_PAGE = "about:debugging#/runtime/this-firefox"


def _user_data(folder: str, *programs: str) -> Place:
    """A Chromium's place on Linux or macOS: all follows from its user data folder."""
    return Place(
        data_dirs=(folder,),
        manifest_dirs=(f"{folder}/NativeMessagingHosts",),
        programs=programs,
    )


def _registered(folder: str, *keys: str) -> Place:
    """A browser's place on Windows."""
    return Place(data_dirs=(folder,), registry_keys=keys)


def _chromium(name: str, page: str = CHROMIUM_PAGE, **places: Place) -> Browser:
    return Browser(name=name, family="chromium", extensions_page=page, places=_by_system(places))


def _firefox(name: str, sandbox: Sandbox = "", **places: Place) -> Browser:
    return Browser(
        name=name,
        family="firefox",
        extensions_page=FIREFOX_PAGE,
        places=_by_system(places),
        sandbox=sandbox,
    )


def _sandboxed(name: str, sandbox: Sandbox, family: Family, folder: str) -> Browser:
    """A browser that is found only to be explained: it cannot start a host."""
    return Browser(
        name=f"{name} ({sandbox})",
        family=family,
        extensions_page=CHROMIUM_PAGE if family == "chromium" else FIREFOX_PAGE,
        places={"linux": Place(data_dirs=(folder,))},
        sandbox=sandbox,
    )


def _by_system(places: dict[str, Place]) -> dict[System, Place]:
    systems: tuple[System, ...] = ("linux", "darwin", "windows")
    return {system: places[system] for system in systems if system in places}


BROWSERS: tuple[Browser, ...] = (
    _chromium(
        "Google Chrome",
        linux=_user_data(f"{CONFIG}/google-chrome", "google-chrome", "google-chrome-stable"),
        darwin=_user_data(f"{SUPPORT}/Google/Chrome"),
        windows=_registered(rf"{LOCAL}\Google\Chrome\User Data", CHROME_KEY),
    ),
    _chromium(
        "Google Chrome Beta",
        linux=_user_data(f"{CONFIG}/google-chrome-beta", "google-chrome-beta"),
        darwin=_user_data(f"{SUPPORT}/Google/Chrome Beta"),
        windows=_registered(rf"{LOCAL}\Google\Chrome Beta\User Data", CHROME_KEY),
    ),
    _chromium(
        "Google Chrome Dev",
        linux=_user_data(f"{CONFIG}/google-chrome-unstable", "google-chrome-unstable"),
        darwin=_user_data(f"{SUPPORT}/Google/Chrome Dev"),
        windows=_registered(rf"{LOCAL}\Google\Chrome Dev\User Data", CHROME_KEY),
    ),
    _chromium(
        "Google Chrome Canary",
        linux=_user_data(f"{CONFIG}/google-chrome-canary", "google-chrome-canary"),
        darwin=_user_data(f"{SUPPORT}/Google/Chrome Canary"),
        windows=_registered(rf"{LOCAL}\Google\Chrome SxS\User Data", CHROME_KEY),
    ),
    _chromium(
        "Chromium",
        linux=_user_data(f"{CONFIG}/chromium", "chromium", "chromium-browser"),
        darwin=_user_data(f"{SUPPORT}/Chromium"),
        windows=_registered(rf"{LOCAL}\Chromium\User Data", CHROMIUM_KEY, CHROME_KEY),
    ),
    _chromium(
        "Microsoft Edge",
        "edge://extensions",
        linux=_user_data(f"{CONFIG}/microsoft-edge", "microsoft-edge", "microsoft-edge-stable"),
        darwin=_user_data(f"{SUPPORT}/Microsoft Edge"),
        windows=_registered(rf"{LOCAL}\Microsoft\Edge\User Data", EDGE_KEY),
    ),
    _chromium(
        "Microsoft Edge Beta",
        "edge://extensions",
        linux=_user_data(f"{CONFIG}/microsoft-edge-beta", "microsoft-edge-beta"),
        darwin=_user_data(f"{SUPPORT}/Microsoft Edge Beta"),
        windows=_registered(rf"{LOCAL}\Microsoft\Edge Beta\User Data", EDGE_KEY),
    ),
    _chromium(
        "Microsoft Edge Dev",
        "edge://extensions",
        linux=_user_data(f"{CONFIG}/microsoft-edge-dev", "microsoft-edge-dev"),
        darwin=_user_data(f"{SUPPORT}/Microsoft Edge Dev"),
        windows=_registered(rf"{LOCAL}\Microsoft\Edge Dev\User Data", EDGE_KEY),
    ),
    _chromium(
        "Brave",
        "brave://extensions",
        linux=_user_data(f"{CONFIG}/BraveSoftware/Brave-Browser", "brave-browser", "brave"),
        darwin=_user_data(f"{SUPPORT}/BraveSoftware/Brave-Browser"),
        windows=_registered(rf"{LOCAL}\BraveSoftware\Brave-Browser\User Data", CHROME_KEY),
    ),
    _chromium(
        "Vivaldi",
        "vivaldi://extensions",
        linux=_user_data(f"{CONFIG}/vivaldi", "vivaldi", "vivaldi-stable"),
        darwin=_user_data(f"{SUPPORT}/Vivaldi"),
        windows=_registered(rf"{LOCAL}\Vivaldi\User Data", CHROME_KEY),
    ),
    _chromium(
        "Opera",
        "opera://extensions",
        linux=_user_data(f"{CONFIG}/opera", "opera"),
        darwin=_user_data(f"{SUPPORT}/com.operasoftware.Opera"),
        windows=_registered(rf"{ROAMING}\Opera Software\Opera Stable", CHROME_KEY),
    ),
    _chromium(
        "Opera GX",
        "opera://extensions",
        darwin=_user_data(f"{SUPPORT}/com.operasoftware.OperaGX"),
        windows=_registered(rf"{ROAMING}\Opera Software\Opera GX Stable", CHROME_KEY),
    ),
    _chromium("Arc", "arc://extensions", darwin=_user_data(f"{SUPPORT}/Arc/User Data")),
    _chromium(
        "360 极速浏览器", windows=_registered(rf"{LOCAL}\360Chrome\Chrome\User Data", CHROME_KEY)
    ),
    _chromium(
        "360 极速浏览器 X", windows=_registered(rf"{LOCAL}\360ChromeX\Chrome\User Data", CHROME_KEY)
    ),
    _chromium(
        "QQ 浏览器", windows=_registered(rf"{LOCAL}\Tencent\QQBrowser\User Data", CHROME_KEY)
    ),
    _firefox(
        "Firefox",
        linux=Place(
            data_dirs=("~/.mozilla/firefox", f"{CONFIG}/mozilla/firefox"),
            manifest_dirs=(MOZILLA_LINUX,),
            programs=("firefox", "firefox-esr"),
        ),
        darwin=Place(data_dirs=(f"{SUPPORT}/Firefox",), manifest_dirs=(MOZILLA_MAC,)),
        windows=_registered(rf"{ROAMING}\Mozilla\Firefox", MOZILLA_KEY),
    ),
    _firefox(
        "Firefox (snap)",
        "portal",
        linux=Place(data_dirs=("~/snap/firefox",), manifest_dirs=(MOZILLA_LINUX,)),
    ),
    _firefox(
        "LibreWolf",
        linux=Place(
            data_dirs=("~/.librewolf",),
            manifest_dirs=("~/.librewolf/native-messaging-hosts",),
            programs=("librewolf",),
        ),
        darwin=Place(
            data_dirs=(f"{SUPPORT}/LibreWolf",),
            manifest_dirs=(f"{SUPPORT}/LibreWolf/NativeMessagingHosts",),
        ),
        windows=_registered(rf"{ROAMING}\LibreWolf", LIBREWOLF_KEY, MOZILLA_KEY),
    ),
    _firefox(
        "Waterfox",
        linux=Place(
            data_dirs=("~/.waterfox",), manifest_dirs=(MOZILLA_LINUX,), programs=("waterfox",)
        ),
        darwin=Place(data_dirs=(f"{SUPPORT}/Waterfox",), manifest_dirs=(MOZILLA_MAC,)),
        windows=_registered(rf"{ROAMING}\Waterfox", MOZILLA_KEY),
    ),
    _firefox(
        "Zen",
        linux=Place(
            data_dirs=("~/.zen",), manifest_dirs=(MOZILLA_LINUX,), programs=("zen", "zen-browser")
        ),
        darwin=Place(data_dirs=(f"{SUPPORT}/zen",), manifest_dirs=(MOZILLA_MAC,)),
        windows=_registered(rf"{ROAMING}\zen", MOZILLA_KEY),
    ),
    _sandboxed("Chromium", "snap", "chromium", "~/snap/chromium"),
    _sandboxed("Brave", "snap", "chromium", "~/snap/brave"),
    _sandboxed("Opera", "snap", "chromium", "~/snap/opera"),
    _sandboxed("Google Chrome", "flatpak", "chromium", "~/.var/app/com.google.Chrome"),
    _sandboxed("Chromium", "flatpak", "chromium", "~/.var/app/org.chromium.Chromium"),
    _sandboxed("Microsoft Edge", "flatpak", "chromium", "~/.var/app/com.microsoft.Edge"),
    _sandboxed("Brave", "flatpak", "chromium", "~/.var/app/com.brave.Browser"),
    _sandboxed("Vivaldi", "flatpak", "chromium", "~/.var/app/com.vivaldi.Vivaldi"),
    _sandboxed("Opera", "flatpak", "chromium", "~/.var/app/com.opera.Opera"),
    _sandboxed("Firefox", "flatpak", "firefox", "~/.var/app/org.mozilla.firefox"),
    _sandboxed("LibreWolf", "flatpak", "firefox", "~/.var/app/io.gitlab.librewolf-community"),
    _sandboxed("Zen", "flatpak", "firefox", "~/.var/app/app.zen_browser.zen"),
    _sandboxed("Waterfox", "flatpak", "firefox", "~/.var/app/net.waterfox.waterfox"),
)
