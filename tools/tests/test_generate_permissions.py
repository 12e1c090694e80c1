from tools.findings import ROOT
from tools.generate_permissions import PAGE, findings_in, page


def test_the_page_that_the_code_makes_is_good() -> None:
    assert [] == findings_in(page())
    assert [] == findings_in((ROOT / PAGE).read_text())


def test_a_page_somebody_changed_is_stale() -> None:
    [finding] = findings_in(page().replace("| yes |", "| |", 1))

    assert PAGE == finding.path
    assert "make permissions" in finding.text


def test_a_missing_page_is_stale() -> None:
    assert 1 == len(findings_in(""))


def test_each_request_about_threads_asks_for_a_permission() -> None:
    rows = [row for row in page().splitlines() if "/api/v1/threads" in row]

    assert rows
    assert [] == [row for row in rows if row.endswith("|  |")]
