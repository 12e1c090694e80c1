"""The operations about pets and the pictures they are known by, with requests that are in order."""

from tests.world import Json


def pet_bodies() -> dict[tuple[str, str], Json]:
    pet = "/pets/{pet_id}"
    profile = {"name": "Pixel", "species": "dog", "breed": "Whippet", "born_on": "2020-02-29", "weight_grams": 12_400}
    return {
        ("GET", "/pets"): None,
        ("PATCH", pet): profile,
        ("GET", f"{pet}/pictures"): None,
        ("PUT", f"{pet}/death"): {"died_on": "2020-02-29"},
        ("PUT", f"{pet}/portrait"): None,
        ("DELETE", f"{pet}/portrait/{{portrait_id}}"): None,
        ("PUT", "/clinics/{clinic_id}/logo"): None,
        ("DELETE", "/clinics/{clinic_id}/logo/{portrait_id}"): None,
        ("GET", "/portraits/{portrait_id}"): None,
    }
