"""The demo works on databases of its own, and looks at each before anything is done to it."""

from sqlalchemy import text

from pawline.platform.schema_state import connected

_IS_OURS = text("SELECT to_regclass('practice') IS NOT NULL")
_IS_SOMEBODYS = text("""
SELECT EXISTS (
    SELECT FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version')
""")
# tenancy: any practice that is not made up, whichever it is.
_IS_REAL = text("SELECT EXISTS (SELECT FROM practice p WHERE NOT p.is_demo)")


class NotADemoDatabase(Exception):
    """The database holds a real practice, or what is not Pawline's at all."""

    def __init__(self, holds: str = "a real practice") -> None:
        super().__init__(
            f"This database holds {holds}, and the demo stays away from it. "
            "Leave DATABASE_URL out, or give the demo a database and a data folder of its own."
        )


def require_demo_database(url: str) -> None:
    """Changes nothing there.

    Raises:
        NotADemoDatabase, DatabaseUnusable: as their texts say.
    """
    with connected(url) as connection:
        if not connection.execute(_IS_OURS).scalar_one():
            if connection.execute(_IS_SOMEBODYS).scalar_one():
                raise NotADemoDatabase("the tables of another program")
        elif connection.execute(_IS_REAL).scalar_one():
            raise NotADemoDatabase
