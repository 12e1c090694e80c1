#!/bin/sh
# All tests, as `make test` runs them; arguments go to pytest. Needs $PY, the interpreter with everything installed.
# Side by side, because most tests wait most of the time; conftest.py puts the longest files first. Those that kill and freeze what
# they test come after all others, and no more than two at a time: what they count must not hang on how busy the machine is.
# Beside hundreds of others a test in a browser can be outrun by the machine. What failed there is run once more by itself: what
# passes then is named as unsteady, and what fails again has failed. Those that kill and freeze get no second run.
set -u
failed=0
NOTHING_CHOSEN=5
SOME_FAILED=1

"$PY" hatch_build.py test || failed=1

"$PY" -m pytest -m "not faults" --numprocesses=3 --dist=loadfile --no-loadscope-reorder "$@"
side_by_side=$?
if [ "$side_by_side" -eq "$SOME_FAILED" ]; then
    echo "Once more, by themselves:"
    if "$PY" -m pytest -m "not faults" --last-failed --last-failed-no-failures=none "$@"; then
        echo "UNSTEADY: what failed above passes by itself. It wants mending all the same."
    else
        failed=1
    fi
elif [ "$side_by_side" -ne 0 ] && [ "$side_by_side" -ne "$NOTHING_CHOSEN" ]; then
    failed=1
fi

"$PY" -m pytest -m faults --numprocesses=2 --dist=loadfile --no-loadscope-reorder "$@"
killing=$?
if [ "$killing" -ne 0 ] && [ "$killing" -ne "$NOTHING_CHOSEN" ]; then
    failed=1
fi
exit "$failed"
