"""How far what was deleted is sealed, and who erased it."""

from sqlalchemy import Text, false
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Moment


class SealedColumn:
    """``is_sealed``: the plain content is gone from here, and lies encrypted elsewhere."""

    is_sealed: Mapped[bool] = mapped_column(default=False, server_default=false())


class SealingColumns(SealedColumn):
    """``erased_at``: since when nobody can read it any more. ``erased_by_name`` is kept as it was then."""

    erased_at: Mapped[Moment | None]
    erased_by_name: Mapped[str | None] = mapped_column(Text)
