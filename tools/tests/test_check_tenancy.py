import pytest

from tools.check_tenancy import findings_in, tenant_tables
from tools.findings import Source

MODELS = Source(
    "src/pawline/threads/models.py",
    """
class Message(Model):
    __tablename__ = "message"
    __table_args__ = (Index("ix", text("SELECT 1 FROM message")),)
    practice_id: Mapped[Key]

class Practice(Model):
    __tablename__ = "practice"
    id: Mapped[Key]
""",
)
ACCESS = Source(
    "src/pawline/threads/access.py",
    "def visible_messages(actor):\n    return Message.practice_id == actor.practice_id\n\n"
    "def visible_all(actor):\n    return True\n",
)
TENANTS = tenant_tables([MODELS, ACCESS])

GOOD = [
    "def f(p, i):\n    return select(Message).where(Message.practice_id == p, Message.id == i)\n",
    "def f(p):\n    return insert(Message).values(practice_id=p)\n",
    "def f(p):\n    return text('SELECT body FROM message WHERE practice_id = :p')\n",
    "def f(t):\n    return text(f'SELECT body FROM message WHERE {t} AND practice_id = :p')\n",
    "FIND = text('SELECT 1 FROM message WHERE practice_id = :p')\n",
    "def f():\n    return select(Practice)\n",
    "def f(actor):\n    return select(Message).where(visible_messages(actor))\n",
    "def f():  # tenancy: counts all rows for /metrics, shows none\n    return select(func.count(Message.id))\n",
    "def f(p):\n    own = Message.practice_id == p\n    return select(Message).where(own)\n",
    "def f(p):\n    found = select(Message)\n    return found.where(Message.practice_id == p)\n",
    "def f(p):\n    return select(Message).where(_own(p))\ndef _own(p):\n    return Message.practice_id == p\n",
    "OWN = 'practice_id'\ndef f():\n    return select(Message).where(OWN)\n",
    "def f(message):\n    names.update(message)\n    return 'Take it from message'\n",
]
BAD = [
    "def f(i):\n    return select(Message).where(Message.id == i)\n",
    "def f(i):\n    return delete(models.Message).where(models.Message.id == i)\n",
    "class Q:\n    def f(self):\n        return sa.select(Message.body)\n",
    "def f(i):\n    return text('SELECT body FROM message WHERE id = :i')\n",
    "def f(i):\n    return text(f'UPDATE message SET body = {i}')\n",
    "FIND = text('SELECT p.id FROM practice p JOIN message m ON true')\n",
    "def f(actor):\n    return select(Message).where(visible_all(actor))\n",
    "def f():  # tenancy:\n    return select(Message)\n",
    "def f(p):\n    run(select(Message).where(Message.practice_id == p))\n    run(delete(Message).where(Message.id == 1))\n",
    "def f(p):\n    if p.practice_id:\n        return select(Message)\n",
    "def f(p):\n    run(update(Message).values(a=1))\n    run(insert(Message).values(practice_id=p))\n",
    "def f():\n    '''Of one practice_id only.'''\n    return select(Message)\n",
]


def test_tables_with_a_practice_are_tenant_tables() -> None:
    assert {"Message"} == TENANTS.classes
    assert {"message"} == TENANTS.tables
    assert [] == list(findings_in(MODELS, TENANTS))


@pytest.mark.parametrize("text", GOOD)
def test_statements_of_one_practice_pass(text: str) -> None:
    assert [] == list(findings_in(Source("src/pawline/threads/queries.py", text), TENANTS))


@pytest.mark.parametrize("text", BAD)
def test_statements_over_all_practices_are_found(text: str) -> None:
    assert 1 == len(list(findings_in(Source("src/pawline/threads/queries.py", text), TENANTS)))


def test_sql_files_are_read_statement_by_statement() -> None:
    text = "SELECT 1 FROM message WHERE practice_id = 1;\n\nDELETE FROM message;\nSELECT 1 FROM practice;\n"

    found = list(findings_in(Source("src/pawline/threads/find.sql", text), TENANTS))

    assert [3] == [finding.line for finding in found]
