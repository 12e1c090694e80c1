"""PDFs lose what could act."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from pawline.platform.errors import Invalid
from pawline.threads.media.process import MediaProcessor


@pytest.fixture
async def media() -> AsyncIterator[MediaProcessor]:
    async with MediaProcessor() as processor:
        yield processor


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    return made


def write_pdf(tmp_path: Path, pdf: Pdf, encryption: Encryption | bool = False) -> Path:
    path = tmp_path / "upload"
    pdf.save(path, encryption=encryption)
    return path


def build_hostile_pdf() -> Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert('boo')"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["run", script])))
    pdf.attachments["virus.exe"] = b"MZ-virus"
    chained = Dictionary(S=Name.URI, URI="https://northside.example", Next=script)
    launch = Dictionary(S=Name.Launch, F="cmd.exe")
    links = [chained, launch, Dictionary(S=Name.URI, URI="javascript:alert('boo')")]
    page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action) for action in links])
    page.AA = Dictionary(O=script)
    pdf.docinfo["/Author"] = "Olive"
    return pdf


async def test_scripts_files_and_the_author_are_gone_and_the_page_stays(
    media: MediaProcessor, tmp_path: Path, folder: Path
) -> None:
    safe = await media.make_safe_pdf(write_pdf(tmp_path, build_hostile_pdf()), folder)

    with pikepdf.open(safe.document) as pdf:
        everything = b"".join(entry.unparse(resolved=True) + _content(entry) for entry in pdf.objects)
        assert (1, 1) == (safe.pages, len(pdf.pages))
        assert 3 == len(list(pdf.pages[0].Annots))
    for word in (
        b"JavaScript",
        b"boo",
        b"javascript:",
        b"OpenAction",
        b"/AA",
        b"MZ-virus",
        b"virus.exe",
        b"Launch",
        b"cmd.exe",
        b"Olive",
    ):
        assert word not in everything, word
    assert b"https://northside.example" in everything


def _content(entry: pikepdf.Object) -> bytes:
    return entry.read_bytes() if isinstance(entry, pikepdf.Stream) else b""


async def test_a_pdf_with_a_password_is_refused_with_the_reason(media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    source = write_pdf(tmp_path, build_hostile_pdf(), Encryption(owner="nora", user="pixel"))

    with pytest.raises(Invalid, match="needs a password"):
        await media.make_safe_pdf(source, folder)

    assert [] == list(folder.iterdir())


async def test_a_pdf_that_anyone_can_open_passes(media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    source = write_pdf(tmp_path, build_hostile_pdf(), Encryption(owner="nora", user=""))

    safe = await media.make_safe_pdf(source, folder)

    assert 1 == safe.pages


async def test_a_broken_pdf_is_refused(media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    whole = io.BytesIO()
    build_hostile_pdf().save(whole)
    for content in (b"%PDF-1.7\n", b"%PDF-1.7\n" + whole.getvalue()[400:700], b"", b"<html>"):
        (tmp_path / "upload").write_bytes(content)
        with pytest.raises(Invalid, match="This PDF could not be read"):
            await media.make_safe_pdf(tmp_path / "upload", folder)

    assert [] == list(folder.iterdir())
