#!/bin/sh
# Makes .venv with the first Python of at least 3.11 it finds; PYTHON=... names one. Says what to install when there is none.
set -eu

if [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    exit 0
fi

found=""
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        found=$candidate
        break
    fi
done
if [ -z "$found" ]; then
    echo "Pawline needs Python 3.11 or newer, and found none. Install it (Debian, Ubuntu: apt-get install python3 python3-venv)," >&2
    echo "or name one: make PYTHON=/path/to/python3.12 ..." >&2
    exit 1
fi

# Debian ships Python without the part that puts pip into an environment; virtualenv and uv bring their own.
make_venv() {
    rm -rf .venv
    "$found" -m venv .venv >/dev/null 2>&1 && return
    rm -rf .venv
    "$found" -m virtualenv --quiet .venv >/dev/null 2>&1 && return
    rm -rf .venv
    command -v uv >/dev/null 2>&1 && uv venv --quiet --seed --python "$found" .venv
}

package=python3-venv
case $found in python3.*) package=$found-venv ;; esac

if ! make_venv; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "This Python cannot make environments yet; installing the Debian package $package." >&2
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
        make_venv && exit 0
    fi
    rm -rf .venv
    echo "$found cannot make an environment. Install the package $package (apt-get install $package), or virtualenv, or uv." >&2
    exit 1
fi
