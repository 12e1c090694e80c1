"""The words of a transcript, in the languages of its readers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Words:
    """``written``: what became of a text, ``paid``: of a payment request, by their states.

    Days and months from Monday and January.
    """

    title: str
    family: str
    pets: str
    begun: str
    ended: str
    still_open: str
    wrote: str
    times: str
    about: str
    note: str
    system: str
    reminder: str
    in_app: str
    by_text: str
    deleted: str
    removed: str
    erased: str
    more_pictures: str
    unprintable: str
    page: str
    with_notes: str
    with_deleted: str
    with_both: str
    payment: str
    paid: dict[str, str]
    written: dict[str, str]
    days: tuple[str, ...]
    months: tuple[str, ...]
    date: str

    def warning(self, *, with_notes: bool, with_deleted: bool) -> str:
        """What stands over a copy that is not for the family; empty over theirs."""
        if with_notes and with_deleted:
            return self.with_both
        return self.with_notes if with_notes else self.with_deleted if with_deleted else ""

    def day(self, moment: datetime) -> str:
        """``moment`` is in the clinic's zone."""
        names = {"weekday": self.days[moment.weekday()], "month": self.months[moment.month - 1]}
        return self.date.format(day=moment.day, year=moment.year, **names)

    def day_and_time(self, moment: datetime) -> str:
        return f"{self.day(moment)}, {moment:%H:%M}"


_ENGLISH = Words(
    title="Transcript",
    family="Family",
    pets="Pets",
    begun="Begun",
    ended="Ended",
    still_open="Not ended yet",
    wrote="Who wrote",
    times="All times are those of {clinic} ({zone}).",
    about="about {pets}",
    note="Internal note",
    system="Note by Pawline",
    reminder="Copy of a reminder",
    in_app="App",
    by_text="Text",
    deleted="Deleted by {name}",
    removed="Deleted by the practice",
    erased="Erased by {name}, {day}",
    more_pictures="Of further photos this transcript has the names only.",
    unprintable="Some letters could not be printed here and show as [?]. The conversation in Pawline has them.",
    page="Page {page} of {pages}",
    with_notes="With internal notes: for the practice alone",
    with_deleted="With deleted messages: for the practice alone",
    with_both="With internal notes and deleted messages: for the practice alone",
    payment="Payment request: {amount}",
    paid={
        "requested": "not paid yet",
        "paid": "paid {at}",
        "cancelled": "cancelled {at}",
        "expired": "not paid in time",
    },
    written={
        "queued": "not sent yet",
        "sending": "not sent yet",
        "accepted": "sent",
        "sent": "sent",
        "delivered": "delivered",
        "failed": "not delivered",
        "unknown": "unknown whether it was sent",
        "held": "not sent yet",
        "cancelled": "not sent",
    },
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    date="{weekday} {day} {month} {year}",
)
_SPANISH = Words(
    title="Transcripción",
    family="Familia",
    pets="Mascotas",
    begun="Inicio",
    ended="Fin",
    still_open="Aún no ha terminado",
    wrote="Quién escribió",
    times="Todas las horas son las de {clinic} ({zone}).",
    about="sobre {pets}",
    note="Nota interna",
    system="Nota de Pawline",
    reminder="Copia de un recordatorio",
    in_app="App",
    by_text="SMS",
    deleted="Eliminado por {name}",
    removed="Eliminado por la clínica",
    erased="Borrado definitivamente por {name}, {day}",
    more_pictures="De las demás fotos esta transcripción solo contiene los nombres.",
    unprintable="Algunas letras no se pudieron imprimir y aparecen como [?]. La conversación en Pawline las conserva.",
    page="Página {page} de {pages}",
    with_notes="Con notas internas: solo para la clínica",
    with_deleted="Con mensajes eliminados: solo para la clínica",
    with_both="Con notas internas y mensajes eliminados: solo para la clínica",
    payment="Solicitud de pago: {amount}",
    paid={
        "requested": "pendiente de pago",
        "paid": "pagada el {at}",
        "cancelled": "cancelada el {at}",
        "expired": "no pagada a tiempo",
    },
    written={
        "queued": "aún no enviado",
        "sending": "aún no enviado",
        "accepted": "enviado",
        "sent": "enviado",
        "delivered": "entregado",
        "failed": "no entregado",
        "unknown": "no se sabe si se envió",
        "held": "aún no enviado",
        "cancelled": "no enviado",
    },
    days=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    date="{weekday}, {day} de {month} de {year}",
)
# By language. The process that prints has nothing of the server's, not even its names for types.
WORDS: dict[str, Words] = {"en": _ENGLISH, "es": _SPANISH}
