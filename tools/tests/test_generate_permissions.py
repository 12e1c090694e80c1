import pytest

from tools import generate_permissions
from tools.findings import ROOT
from tools.generate_permissions import PAGE, findings_in


@pytest.fixture(scope="module")
def page() -> str:
    return generate_permissions.page()


def test_the_page_that_the_code_makes_is_good(page: str) -> None:
    assert [] == findings_in(page)
    assert [] == findings_in((ROOT / PAGE).read_text())


def test_a_page_somebody_changed_is_stale(page: str) -> None:
    [finding] = findings_in(page.replace("| yes |", "| |", 1))

    assert PAGE == finding.path
    assert "make permissions" in finding.text


def test_a_missing_page_is_stale() -> None:
    assert 1 == len(findings_in(""))


def test_each_request_about_threads_asks_for_a_permission(page: str) -> None:
    rows = [row for row in page.splitlines() if "/api/v1/threads" in row]

    assert rows
    assert [] == [row for row in rows if row.endswith("|  |")]
