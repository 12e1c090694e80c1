import pytest

from pawline.platform.languages import read_language


@pytest.mark.parametrize(
    ("accept_language", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr-CA, ES-419;q=0.5", "es"),
        ("en-GB,es", "en"),
        ("est", "en"),  # Estonian
        ("*;q=0.1,,;", "en"),
        ("x" * 1_000 + ",es", "en"),
    ],
)
def test_the_first_language_that_we_speak(accept_language: str, language: str) -> None:
    assert language == read_language(accept_language)
