"""The operations of finding a vet, with requests that are in order."""

from uuid import uuid4

from tests.world import Json


def vet_bodies(*, contact_id: str, pet_id: str, clinic_id: str) -> dict[tuple[str, str], Json]:
    token, email = "0" * 64, f"{uuid4().hex}@example.org"
    place = {"practice": "Lakeside", "clinic": "Pier", "country": "US", "timezone": "America/Chicago"}
    connection, invitation = "/pets/{pet_id}/connections/{clinic_id}", "/vet-invitations/{invitation_id}"
    return {
        ("GET", "/session/owner/others"): None,
        ("POST", "/session/owner/switch"): {"contact_id": contact_id},
        ("POST", "/family/pets"): {"name": "Biscuit", "species": "dog", "breed": "Beagle", "born_on": "2020-02-29"},
        ("PUT", connection): None,
        ("DELETE", connection): None,
        ("POST", f"{connection}/connect"): None,
        ("POST", f"{connection}/end"): None,
        ("GET", "/vet-invitations"): None,
        ("POST", "/vet-invitations"): {"pet_id": pet_id, "email": email},
        ("POST", f"{invitation}/send-again"): None,
        ("DELETE", invitation): None,
        ("POST", "/vet-invitation"): {"token": token},
        ("POST", "/vet-invitation/accept"): {"token": token, "clinic_id": clinic_id},
        ("POST", "/vet-invitation/practice"): {
            **place,
            "token": token,
            "name": "Lena Park",
            "email": email,
            "password": "a sentence that is long enough",
        },
        ("POST", "/vet-invitation/decline"): {"token": token},
        ("GET", "/connections/new"): None,
        ("POST", "/connections/{connection_id}/accept"): None,
        ("POST", "/connections/{connection_id}/decline"): None,
    }
