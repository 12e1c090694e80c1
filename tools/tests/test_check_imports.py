import pytest

from tools.check_imports import findings_in
from tools.findings import Source

PUBLIC = {"threads": ["service", "views"], "families": ["service"], "demo": []}

GOOD = [
    ("threads/service.py", "from pawline.families.service import find\n"),
    ("threads/service.py", "from pawline.families import service as families\n"),
    ("threads/service.py", "from pawline.threads import queries\nfrom pawline.threads.models import Thread\n"),
    ("threads/service.py", "from pawline.platform.db import Model\n"),
    ("app.py", "from pawline.threads.routes import routes\nimport pawline.demo.day\n"),
    ("cli/serve.py", "from pawline.threads.models import Thread\n"),
    ("families/service.py", "from pawline.threads.models import Thread  # imports: moved with the next release\n"),
]
BAD = [
    ("threads/service.py", "from pawline.families.models import Family\n"),
    ("threads/service.py", "from pawline.families import queries\n"),
    ("threads/service.py", "import pawline.families\n"),
    ("threads/service.py", "import pawline.demo.day\n"),
    ("platform/jobs.py", "def f():\n    from pawline.threads.routes import routes\n"),
]


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_services_and_public_modules_may_be_imported(path: str, text: str) -> None:
    assert [] == list(findings_in(Source(f"src/pawline/{path}", text), PUBLIC))


@pytest.mark.parametrize(("path", "text"), BAD)
def test_the_inside_of_another_feature_may_not(path: str, text: str) -> None:
    assert 1 == len(list(findings_in(Source(f"src/pawline/{path}", text), PUBLIC)))
