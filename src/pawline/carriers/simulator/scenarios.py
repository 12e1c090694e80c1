"""Scripts for the phones: who does what, and what has to come of it. The page has a button for each; tests run them too."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pawline.carriers.simulator.weather import WORST

CAST: Mapping[str, str] = {"Olive": "+14155550117", "A stranger": "+14155550134", "Priya": "+447700900123"}

AWAY_REPLY = "This is an auto-reply. We're sorry we aren't available to chat at the moment."
FIRST_QUESTION = "please enter your first name only. (Question 1/3)"
SECOND_QUESTION = "Thanks, Jordan. Next, please enter your last name only. (Question 2/3)"
THIRD_QUESTION = "please enter your email only and one of our team members will respond as soon as possible. (Question 3/3)"


@dataclass(frozen=True, slots=True)
class Texts:
    """``who`` sends texts; with a picture, or numbered when there are several."""

    who: str
    body: str
    has_picture: bool = False
    times: int = 1

    @property
    def words(self) -> str:
        several = f", {self.times} times" if self.times > 1 else ""
        return f"{self.who} texts{' a photo' if self.has_picture else ''}: {self.body}{several}"


@dataclass(frozen=True, slots=True)
class CannotTextPicture:
    """The phone itself refuses."""

    who: str

    @property
    def words(self) -> str:
        return f"{self.who} cannot text a photo"


@dataclass(frozen=True, slots=True)
class Receives:
    """A text with this part arrives, after those that earlier steps waited for."""

    who: str
    part: str
    within_seconds: float = 30

    @property
    def words(self) -> str:
        return f"{self.who} gets: {self.part}"


@dataclass(frozen=True, slots=True)
class ReceivesOnce:
    """So many texts with this part arrive, no two alike, and no more of them come."""

    who: str
    part: str
    times: int
    within_seconds: float = 600

    @property
    def words(self) -> str:
        return f"{self.who} gets {self.times} texts, each once"


@dataclass(frozen=True, slots=True)
class ReceivesNothing:
    who: str
    for_seconds: float = 3

    @property
    def words(self) -> str:
        return f"{self.who} gets nothing"


@dataclass(frozen=True, slots=True)
class ProductHasAll:
    """The product took every text that was sent to it in this run."""

    within_seconds: float = 300

    @property
    def words(self) -> str:
        return "Pawline has taken every text"


@dataclass(frozen=True, slots=True)
class Product:
    """The product has to be made to do this. Who runs the scenario knows how."""

    action: str
    words: str


@dataclass(frozen=True, slots=True)
class WeatherTurns:
    words: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])


Step = Texts | CannotTextPicture | Receives | ReceivesOnce | ReceivesNothing | ProductHasAll | Product | WeatherTurns


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    title: str
    steps: tuple[Step, ...]


_CALM = WeatherTurns("The weather clears up")
_WORST = WeatherTurns(
    "The weather turns as bad as it gets",
    {**{name: getattr(WORST, name) for name in WORST.__struct_fields__ if name != "seed"}, "speed": 20},
)

SCENARIOS: Mapping[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        Scenario(
            "unknown_number_questions",
            "An unknown number is asked its three questions",
            (
                Product("open_clinic", "The clinic opens"),
                Texts("A stranger", "hi do you see rabbits?"),
                Receives("A stranger", FIRST_QUESTION),
                Texts("A stranger", "Jordan"),
                Receives("A stranger", SECOND_QUESTION),
                Texts("A stranger", "Lee"),
                Receives("A stranger", THIRD_QUESTION),
                Texts("A stranger", "jordan.lee@example.com"),
                ProductHasAll(),
            ),
        ),
        Scenario(
            "night_text",
            "A text at night gets the away reply",
            (
                Product("close_clinic", "The clinic closes for the night"),
                Texts("Olive", "Pixel has been coughing since supper. Is somebody there?"),
                Receives("Olive", AWAY_REPLY),
            ),
        ),
        Scenario(
            "stop_and_start",
            "STOP after a reminder stops everything, START restores it",
            (
                Product("open_clinic", "The clinic opens"),
                Product("send_reminder", "The clinic sends Olive a reminder"),
                Receives("Olive", "Pixel"),
                Texts("Olive", "STOP"),
                Receives("Olive", "NETWORK MSG", within_seconds=5),
                ProductHasAll(),
                Product("try_to_text", "The clinic tries to text Olive"),
                ReceivesNothing("Olive"),
                Texts("Olive", "START"),
                Receives("Olive", "NETWORK MSG", within_seconds=5),
                ProductHasAll(),
                Product("send_reminder", "The clinic sends Olive a reminder again"),
                Receives("Olive", "Pixel"),
            ),
        ),
        Scenario(
            "photo_in",
            "A photo texted in appears",
            (Texts("Olive", "Pixel's ear today", has_picture=True), ProductHasAll()),
        ),
        Scenario(
            "uk_no_pictures",
            "No pictures by text in the United Kingdom",
            (
                Texts("Priya", "Coco is better, thank you"),
                ProductHasAll(),
                CannotTextPicture("Priya"),
            ),
        ),
        Scenario(
            "worst_weather_200",
            "200 texts each way arrive once in the worst weather",
            (
                Product("open_clinic", "The clinic opens"),
                _WORST,
                Texts("Olive", "Pixel diary", times=200),
                Product("send_200_texts", "The clinic sends Olive 200 texts"),
                ProductHasAll(),
                ReceivesOnce("Olive", "Text", times=200),
                _CALM,
            ),
        ),
    )
}
