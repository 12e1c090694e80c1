import pytest

from tools.check_sizes import findings_in
from tools.findings import Source


def problems(path: str, text: str) -> list[str]:
    return [finding.text for finding in findings_in(Source(path, text))]


LONG_BODY = "    x = 1\n" * 60
GOOD_CALLS = [
    "def f(a, b, c, *, d, e): ...\n",
    "class A:\n    def f(self, a, b, c, *, d): ...\n",
    "@get('/')\nasync def f(a, b, c, d, e, f): ...\n",
    "def test_f(a, b, c, d, e, f): ...\n",
    "def f(a, b, c, d, e):  # size: the protocol hands over all five by position\n    ...\n",
]
BAD_CALLS = [
    "def f(a, b, c, d): ...\n",
    "def f(*, a, b, c, d, e, f): ...\n",
    "class A:\n    @staticmethod\n    def f(a, b, c, d): ...\n",
    "def f(a, b, c, d):  # size:\n    ...\n",
]


@pytest.mark.parametrize("text", GOOD_CALLS)
def test_calls_that_read_well_pass(text: str) -> None:
    assert [] == problems("src/pawline/x.py", text)


@pytest.mark.parametrize("text", BAD_CALLS)
def test_long_parameter_lists_are_found(text: str) -> None:
    assert 1 == len(problems("src/pawline/x.py", text))


def test_a_function_of_more_than_fifty_lines_is_found() -> None:
    assert [] == problems("x.py", "def f():\n" + "    x = 1\n" * 49)
    assert ["f has 61 lines; the limit is 50."] == problems("x.py", "def f():\n" + LONG_BODY)
    assert [] == problems("x.py", "def f():  # size: one long table reads best whole\n" + LONG_BODY)


def test_a_file_of_more_than_three_hundred_lines_is_found() -> None:
    assert [] == problems("x.ts", "a\n" * 300)
    assert 1 == len(problems("x.ts", "a\n" * 301))
    assert [] == problems("schema.d.ts", "a\n" * 301)
    assert [] == problems("x.ts", "// size: made from the API description\n" + "a\n" * 301)


def test_a_component_of_more_than_150_lines_is_found() -> None:
    assert [] == problems("web/src/X.svelte", "a\n" * 150)
    assert 1 == len(problems("web/src/X.svelte", "a\n" * 151))
    assert [] == problems("web/src/X.svelte", "<!-- size: one drawing -->\n" + "a\n" * 151)
