"""What a file is, told by its content."""

from pathlib import Path

import pytest

from pawline.platform.errors import Unsupported
from pawline.threads.media.inspect import MediaType, read_media_type
from tests.photos import HTML, SVG, draw_dog, encoded, make_iphone_photo


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content", [SVG, HTML, b"", b"\xff\xd8", b"BM" + bytes(60), b"\0\0\0\x1cftypavif" + bytes(60), b"PK\x03\x04" + bytes(60)]
)
def test_other_kinds_of_file_are_refused_whatever_their_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pixel.jpg"
    path.write_bytes(content)

    with pytest.raises(Unsupported, match="JPEG, PNG, WebP, GIF, HEIC"):
        read_media_type(path)


def test_the_kind_is_told_by_content(tmp_path: Path) -> None:
    dog = draw_dog(64, 48)
    kinds = {MediaType(f"image/{form.lower()}"): encoded(dog, form) for form in ("JPEG", "PNG", "WEBP", "GIF")}
    kinds |= {MediaType.HEIC: make_iphone_photo(64, 64), MediaType.PDF: b"%PDF-1.7\n"}

    assert list(kinds) == [read_media_type(write(tmp_path, content)) for content in kinds.values()]
