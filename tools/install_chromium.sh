#!/bin/sh
# The browser tests drive the system's Chromium. Installs it where that is possible without asking anybody.
# Most run in the headless shell, which draws no window of its own around each page and needs half the processor.
set -eu

has() {
    command -v "$1" >/dev/null 2>&1
}

has_whole() {
    has chromium || has chromium-browser || has google-chrome
}

has chromium-headless-shell && has_whole && exit 0

if [ "$(id -u)" = 0 ] && has apt-get; then
    echo "Installing the Debian packages chromium and chromium-headless-shell for the browser tests." >&2
    apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium chromium-headless-shell fonts-dejavu-core >/dev/null &&
        exit 0
fi

has_whole && exit 0  # does what the shell does, in twice the time

echo "The browser tests need Chromium. Install its package (Debian: sudo apt-get install chromium chromium-headless-shell) and run this again." >&2
exit 1
