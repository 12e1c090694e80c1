from tools import generate_api
from tools.findings import ROOT
from tools.generate_api import FILE, description, findings_in


def test_the_description_is_that_of_the_code() -> None:
    assert [] == generate_api.check()


def test_a_description_of_before_is_stale() -> None:
    [finding] = findings_in((ROOT / FILE).read_text().replace('"default"', '"400"', 1))

    assert (FILE, "is not what the code says; run make api.") == (finding.path, finding.text)


def test_every_operation_says_how_it_refuses() -> None:
    assert '"400":' not in description()
    assert '"default":' in description()
