"""Looking for words everywhere: in every column of every table, and for files. In the manner of reliability P-17."""

from sqlalchemy import text

from pawline.platform.files import FileStore
from tests.product import Product

# tenancy: a sweep over all that is stored, which is the point.
_TABLES = text("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")


async def tables_with(product: Product, word: str, *, practice_id: str = "") -> list[str]:
    """Which tables have it: as text, in a search index, or as bytes. ``word``: lower-case letters and digits.

    ``practice_id``: of this practice alone, for a word that is not the test's own.
    """
    found: list[str] = []
    async with product.database.transaction() as uow:
        for table in (await uow.execute(_TABLES)).scalars().all():
            rows = f"SELECT r::text AS words FROM {table} r"  # noqa: S608 - from the catalogue
            matching = "r.words LIKE :practice AND (r.words ILIKE :word OR r.words LIKE :bytes)"
            looked = text(f"SELECT count(*) FROM ({rows}) r WHERE {matching}")  # noqa: S608 - as above
            values = {"word": f"%{word}%", "bytes": f"%{word.encode().hex()}%", "practice": f"%{practice_id}%"}
            found += [table] if (await uow.execute(looked, values)).scalar_one() else []
    return found


async def files_of(files: FileStore, attachment_id: str) -> list[str]:
    """Under which keys anything of this attachment is stored."""
    found: list[str] = []
    for folder in ("attachments", "sealed"):
        found += [key async for key in files.list(folder) if attachment_id in key]
    return sorted(found)
