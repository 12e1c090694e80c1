"""Voice notes from browsers: played everywhere afterwards, and nothing left in them but the voice."""

from pathlib import Path

import pytest

from pawline.platform.errors import Invalid
from pawline.threads.media.inspect import MediaType, read_media_type
from pawline.threads.media.process import MediaProcessor, SafeVoice
from tests.media.test_bounds import write
from tests.videos import SECRET_WORDS, make_mp4, make_voice, make_webm_film, read_notes


async def make_safe(content: bytes, tmp_path: Path) -> SafeVoice:
    folder = tmp_path / "made"
    folder.mkdir()
    async with MediaProcessor() as media:
        return await media.make_safe_voice(write(tmp_path, content), folder)


@pytest.mark.parametrize(("form", "kind"), [("webm", MediaType.WEBM), ("ogg", MediaType.OGG), ("mp4", MediaType.M4A)])
async def test_what_browsers_record_becomes_an_m4a(form: str, kind: MediaType, tmp_path: Path) -> None:
    voice = make_voice(form)
    assert any(word in voice for word in SECRET_WORDS), "there must be something to be removed"
    assert kind == read_media_type(write(tmp_path, voice))

    safe = await make_safe(voice, tmp_path)

    content = safe.display.read_bytes()
    assert MediaType.M4A == read_media_type(safe.display)
    assert "Audio: aac" in read_notes(content)
    assert [] == [word for word in SECRET_WORDS if word in content]
    assert 1950 <= safe.duration_ms <= 2100


async def test_more_than_five_minutes_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="This voice note is longer than 5 minutes"):
        await make_safe(make_voice(seconds=305), tmp_path)


@pytest.mark.parametrize("content", [make_webm_film(), make_mp4(), make_voice()[:200], b"\x1aE\xdf\xa3\x42\x82\x84webm"])
async def test_what_is_no_voice_note_is_refused(content: bytes, tmp_path: Path) -> None:
    """A film, half a file, and nothing behind the first bytes."""
    with pytest.raises(Invalid, match="could not be read"):
        await make_safe(content, tmp_path)

    assert [] == [path.name for path in (tmp_path / "made").iterdir() if path.name == "display"]


def test_a_film_is_not_taken_for_a_voice_note(tmp_path: Path) -> None:
    assert MediaType.MP4 == read_media_type(write(tmp_path, make_mp4()))
    assert MediaType.MP4 == read_media_type(write(tmp_path, make_mp4(with_sound=False)))
