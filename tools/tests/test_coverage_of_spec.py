import pytest

from tools.coverage_of_spec import report
from tools.findings import Source
from tools.spec_ids import SpecLine, lines_of_list, lines_of_page, read_ranges
from tools.spec_ids_in_tests import ids_in_python, ids_in_typescript

PAGE = """
# Title AL-9
* **AL-1** [S] An owner can write. [I] And read.
* **V2P-2** [I] Told by `AL-1`.
| # | Disagreement | Rule |
|---|---|---|
| C1 | Container: per pet | **Thread** |
* **D1** Word count.
* **I1** At most one.
V2P+1 they can be restarted; V2P+2 a transcript;
*Same vendor's page (not in the seed).* PPB+1 four levels; PPB+2 a newer version.
V2P-2 is told of by V2P+1, not here.
"""


def test_the_page_is_read_line_by_line() -> None:
    lines = lines_of_page(PAGE)

    assert ["AL-1", "V2P-2", "C1", "D1", "I1", "V2P+1", "V2P+2", "PPB+1", "PPB+2"] == [line.id for line in lines]
    assert "Container: per pet" == lines[2].title
    assert "An owner can write. And read." == lines[0].title
    assert [SpecLine("AL-1", "An owner")] == lines_of_list("# head\nAL-1 An owner\n")


def test_ranges_are_read() -> None:
    assert ["AL-9", "AL-10", "C1", "C2", "I9", "V2P-3", "V2P-4", "V2P+8", "V2P+9"] == read_ranges(
        "AL-9..10,C1-C2, I9 V2P-3-V2P-4 V2P+8..9"
    )


@pytest.mark.parametrize("text", ["AL-", "AL-3..1", "C1-D2", "X-1", "C1..x"])
def test_wrong_ranges_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"ids|upwards"):
        read_ranges(text)


def test_ids_count_where_a_test_names_them() -> None:
    text = '''
"""Not here: AL-1."""
# AL-2: not a test's own comment, for a blank line follows

# AL-3
@pytest.mark.slow
async def test_al_4_and_c5(world):
    """AL-6, I6."""
    x = 1  # V2P-62
    y = "AL-7"

def helper():
    """AL-8"""

@pytest.mark.skip
def test_skipped():
    """AL-9"""
'''

    assert {"AL-3", "AL-4", "C5", "AL-6", "I6", "V2P-62"} == set(ids_in_python(Source("tests/test_x.py", text)))


def test_ids_count_in_browser_tests() -> None:
    text = "// AL-1\nit('AL-2: sends', () => { const a = 'AL-3'; });\n/* C1 */ test.each([1])('AL-4', f);"

    assert {"AL-1", "AL-2", "AL-4", "C1"} == set(ids_in_typescript(Source("web/src/x.test.ts", text)))


def test_the_report_lists_what_is_missing() -> None:
    lines = [SpecLine("AL-1", "Writing"), SpecLine("AL-2", "Reading"), SpecLine("C1", "Container")]

    text = report(lines, {"AL-1"})

    assert "AL-2" in text
    assert "AL-1" not in text
    assert text.endswith("1 of 3 lines have a test that names them; 2 have none.")
