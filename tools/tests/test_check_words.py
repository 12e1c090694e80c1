import pytest

from tools.check_words import HOSTS, findings_in
from tools.findings import Source

FOLDER = "/" + "home/nora"
GOOD = [
    ("src/pawline/x.py", "family = 1  # a customer calls it so\n"),
    ("src/pawline/x.py", "text = 'Dear customer'\n"),
    ("src/pawline/carriers/twilio/adapter.py", "TWILIO = 1\n"),
    ("web/src/X.svelte", "<p>customer</p><script>let contact = 1; // customer</script>"),
    ("src/pawline/x.py", "customer_id = 1  # words: the practice software's own field name\n"),
    ("docs/x.md", "Twilio is a carrier; see https://example.org/work/x\n"),
    ("deploy/pawline.service", "ProtectHome=yes\n"),
]
BAD = [
    ("src/pawline/x.py", "customer = 1\n"),
    ("src/pawline/x.py", "def find_customers(): ...\n"),
    ("src/pawline/x.py", "class ChatRoom: ...\n"),
    ("web/src/x.ts", "// first a comment\nexport const lastCustomer = 1;\n"),
    ("src/pawline/x.py", "# as Twilio does\n"),
    ("src/pawline/utils.py", ""),
    ("src/pawline/common/x.py", ""),
    ("README.md", f"cd {FOLDER}/pawline\n"),
    ("x.lock", f"--index-url https://{HOSTS[0]}/simple\n"),
    ("web/package-lock.json", f'"resolved": "https://registry.{HOSTS[4]}/a.tgz"\n'),
]


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_our_words_pass(path: str, text: str) -> None:
    assert [] == list(findings_in(Source(path, text)))


@pytest.mark.parametrize(("path", "text"), BAD)
def test_other_words_are_found(path: str, text: str) -> None:
    assert 1 == len(list(findings_in(Source(path, text))))
