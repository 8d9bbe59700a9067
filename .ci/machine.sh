#!/bin/sh
# What `make` asks of the machine.
#   machine.sh extras          the extras that `make run` can use here, separated by commas
#   machine.sh venv PYTHON     make .venv
#   machine.sh tests           install what the tests need where that is ours to do, and say what is missing
set -eu

# The window's libraries, for Qt from PyPI; a screen that is not there, with mouse and keyboard; Chinese glyphs.
QT_PACKAGES="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1
libxcb-shape0 libxcb-xinerama0 libnss3 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libasound2 libdbus-1-3
libxkbfile1"
TEST_PACKAGES="chromium firefox-esr fonts-noto-cjk xvfb xdotool"

has() { command -v "$1" >/dev/null 2>&1; }

is_debian_root() { [ "$(id -u)" = 0 ] && has apt-get && has dpkg-query; }

has_screen() { [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

has_chromium() {
    for program in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge microsoft-edge-stable; do
        has "$program" && return 0
    done
    for app in "Google Chrome" Chromium "Microsoft Edge"; do
        [ -d "/Applications/$app.app" ] && return 0
    done
    return 1
}

has_firefox() { has firefox || has firefox-esr || [ -d /Applications/Firefox.app ]; }

extras() {
    list=""
    has_chromium && list="browser"
    # macOS and Windows bring a webview of their own.
    if [ "$(uname -s)" = Linux ] && has_screen; then list="${list:+$list,}qt"; fi
    echo "$list"
}

make_venv() {
    if [ -z "$1" ]; then
        echo "Linkshot needs Python 3.11 or newer, and none was found (python3 --version)." >&2
        echo "链接快照需要 Python 3.11 或更新版本，本机没有找到。" >&2
        exit 1
    fi
    "$1" -m venv .venv 2>/dev/null && return
    rm -rf .venv
    if is_debian_root; then
        echo "Installing python3-venv …"
        install_packages "$(venv_package "$1")" || true
        "$1" -m venv .venv && return
        rm -rf .venv
    fi
    echo "Python cannot make a virtual environment here. On Debian and Ubuntu run, then try again:" >&2
    echo "Python 无法在此创建虚拟环境。Debian、Ubuntu 请先运行下面的命令再重试：" >&2
    echo "    sudo apt-get install $(venv_package "$1")" >&2
    exit 1
}

# Debian names the package by Python's version where it is not the system's own.
venv_package() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(command -v "$1")" = /usr/bin/python3 ]; then echo python3-venv; else echo "python$version-venv"; fi
}

# Prints the names in "$@" that Debian does not have installed.
missing_packages() {
    for package in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" "${package}t64" 2>/dev/null || true)
        case "$state" in *ii*) ;; *) echo "$package" ;; esac
    done
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null || true
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
    # One that this release does not have must not keep the others away.
    for package in "$@"; do
        apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
            apt-get install -y -qq --no-install-recommends "${package}t64" >/dev/null 2>&1 ||
            echo "apt-get could not install $package" >&2
    done
}

prepare_tests() {
    if is_debian_root; then
        # shellcheck disable=SC2046,SC2086 # a list of words is wanted
        set -- $(missing_packages $TEST_PACKAGES $QT_PACKAGES)
        if [ $# -gt 0 ]; then
            echo "Installing $* …"
            install_packages "$@"
        fi
    fi
    lacking=""
    has_chromium || lacking="$lacking Chromium/Chrome/Edge;"
    has_firefox || lacking="$lacking Firefox;"
    { has Xvfb && has xdotool; } || lacking="$lacking Xvfb and xdotool (menus, shortcuts and the toolbar's popup);"
    [ -z "$lacking" ] || echo "Not on this machine, so its tests are skipped:$lacking"
}

case "${1:-}" in
    extras) extras ;;
    venv) make_venv "${2:-}" ;;
    tests) prepare_tests ;;
    *) echo "usage: machine.sh extras|venv PYTHON|tests" >&2; exit 2 ;;
esac
