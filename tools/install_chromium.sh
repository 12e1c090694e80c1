#!/bin/sh
# The browser tests drive the system's Chromium. Installs it where that is possible without asking anybody.
set -eu

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Chromium is missing; installing the Debian package chromium." >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
    exit 0
fi

echo "The browser tests need Chromium. Install the package chromium (Debian: sudo apt-get install chromium) and run this again." >&2
exit 1
