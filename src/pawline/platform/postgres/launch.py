"""Start a program as an unprivileged user that ends when Pawline ends. Run as a script; imports nothing outside Python.

Arguments: parent pid, user id, group id (user id "-" keeps the present user), "pass" or "plain", then the command.
"pass" lets the program go through folders that are closed to its user, by CAP_DAC_READ_SEARCH and nothing more.
A script of its own, and not code between fork and exec: that may hang in a process with threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 4
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_READ_SEARCH = 2
CAPABILITY_VERSION_3 = 0x20080522


def main(arguments: list[str]) -> None:
    parent, user, group, passage, *command = arguments
    try:
        if user != "-":
            _become(int(user), int(group), may_pass=passage == "pass")
        if sys.platform == "linux":
            # After the change of user, which would clear it. SIGINT is PostgreSQL's "fast shutdown".
            _prctl(PR_SET_PDEATHSIG, signal.SIGINT)
            if os.getppid() != int(parent):
                sys.exit("the process that wanted the database has ended")
        os.execv(command[0], command)  # noqa: S606 - a shell is what we do not want
    except OSError as error:
        advice = " Move Pawline and PAWLINE_DATA out of folders that only root may enter." if passage == "pass" else ""
        sys.exit(f"{command[0]} cannot be started as user {user}: {error.strerror}.{advice}")


def _become(user: int, group: int, *, may_pass: bool) -> None:
    if may_pass:
        # Keeps capabilities over the change of user; and without it access(), by which PostgreSQL finds itself, ignores them.
        _prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)
    os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)
    if may_pass:
        _keep_only(CAP_DAC_READ_SEARCH)


def _keep_only(capability: int) -> None:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    effective_permitted_inheritable = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    _call("capset", ctypes.byref(header), ctypes.byref(effective_permitted_inheritable))
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def _prctl(option: int, *arguments: int) -> None:
    values = [*arguments, 0, 0, 0, 0][:4]
    _call("prctl", option, *(ctypes.c_ulong(value) for value in values))


def _call(name: str, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc[name](*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    main(sys.argv[1:])
