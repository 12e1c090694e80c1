"""A stranger's file is shown without rights, under a name that cannot lie."""

import pytest

from pawline.platform.file_response import safe_headers


def test_a_browser_may_show_it_and_nothing_more() -> None:
    headers = safe_headers("image/jpeg", "pixel.jpg", is_download=False)

    assert {
        "Content-Type": "image/jpeg",
        "Content-Disposition": "inline; filename=\"pixel.jpg\"; filename*=UTF-8''pixel.jpg",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
        "Cache-Control": "private, max-age=300",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
    } == headers


@pytest.mark.parametrize(
    ("name", "plain", "encoded"),
    [
        ("Röntgen Pixel.pdf", "R_ntgen Pixel.pdf", "R%C3%B6ntgen%20Pixel.pdf"),
        ('a"b\\c.pdf', "c.pdf", "c.pdf"),
        ('say "hi".pdf', "say _hi_.pdf", "say%20%22hi%22.pdf"),
        ("../../etc/passwd", "passwd", "passwd"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf", "aSet-Cookie%3A%20x.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe", "invoicefdp.exe"),
        ("100%25.pdf", "100_25.pdf", "100%2525.pdf"),
        ("狗.pdf", "_.pdf", "%E7%8B%97.pdf"),
        (" .. ", "file", "file"),
        ("x" * 500 + ".pdf", "x" * 111 + ".pdf", "x" * 111 + ".pdf"),
    ],
)
def test_the_name_of_a_download_is_harmless_and_keeps_its_alphabet(name: str, plain: str, encoded: str) -> None:
    headers = safe_headers("application/pdf", name, is_download=True)

    assert f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}" == headers["Content-Disposition"]
    assert headers["Content-Disposition"].isascii()


def test_a_video_plays_in_a_tab_of_its_own_and_still_runs_nothing() -> None:
    policy = safe_headers("video/mp4", "gait.mp4", is_download=False)["Content-Security-Policy"]

    assert "sandbox allow-same-origin; default-src 'none'; media-src 'self'; style-src 'unsafe-inline'" == policy
    assert "script" not in policy
