"""What a simulated carrier is started with. Its weather is not here: that changes while it runs."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAtStart:
    """A number the account owns from the beginning, with the addresses the carrier tells of texts and calls."""

    number: str
    name: str = ""
    text_url: str = ""
    voice_url: str = ""
    is_verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorSettings:
    """``public_url`` is where the product reaches us; ``media_url`` likewise, for the second half of a media download.

    ``page_origins``: pages of other addresses that may use the phones. ``state_file`` None: all is forgotten at the end.
    """

    public_url: str
    account_sid: str = "AC" + "5" * 32
    auth_token: str = field(default="simulated-auth-token", repr=False)
    api_key: str = "SK" + "5" * 32
    api_key_secret: str = field(default="simulated-key-secret", repr=False)
    media_url: str = ""
    page_origins: tuple[str, ...] = ()
    state_file: Path | None = None
    numbers: tuple[NumberAtStart, ...] = ()
    seed: int = 1
    verification_seconds: float = 20
    handset_seconds: float = 0.3
    ring_seconds: float = 20
    hook_retries: int = 5
    hook_retry_seconds: float = 0.5
    hook_timeout_seconds: float = 15
    answers_help: bool = True

    @property
    def api_root(self) -> str:
        return f"{self.public_url}/2010-04-01/Accounts/{self.account_sid}"
