import { describe, expect, it } from "vitest";
import type { OwnedPet } from "$/platform/types";
import type { VetInvitation } from "./api";
import { standingOf } from "./standing";

const clinic = {
  id: "c",
  name: "Hill Street",
  timezone: "America/New_York",
  phone: null,
  emergency_number: null,
  address: null,
};

function pixel(...states: string[]): OwnedPet {
  const threads = states.map((state) => ({ clinic, state, thread_id: null }));
  const about = {
    name: "Pixel",
    species: "dog",
    breed: "",
    born_on: null,
    died_on: null,
    weight_grams: null,
    portrait: null,
  };
  return { id: "p", ...about, threads };
}

function invited(state: VetInvitation["state"], email: string | null = "vet@riverside.example"): VetInvitation {
  const times = { created_at: "2026-11-22T10:00:00Z", expires_at: "2026-12-22T10:00:00Z" };
  return { id: "i", pet_id: "p", email, link: null, state, can_send_again: true, accepted_by: null, ...times };
}

describe("how far a pet without a vet has come (AL-11, AL-17)", () => {
  it("is nowhere before anybody was asked", () => {
    expect(standingOf(pixel(), null)).toEqual({ kind: "none" });
  });

  it("waits for the clinic or the vet who was asked", () => {
    expect(standingOf(pixel("declined", "invited"), invited("declined"))).toEqual({ kind: "asked", clinic });
    expect(standingOf(pixel(), invited("invited")).kind).toBe("invited");
  });

  it("says who has declined, and what was withdrawn or not answered", () => {
    const words = (["declined", "expired", "revoked"] as const).map((state) => standingOf(pixel(), invited(state)));

    expect(words).toEqual([
      { kind: "over", words: "Declined by vet@riverside.example. You can ask another vet." },
      { kind: "over", words: "No answer from vet@riverside.example within 30 days. You can ask once more." },
      { kind: "over", words: "You have withdrawn the invitation of vet@riverside.example." },
    ]);
    expect(standingOf(pixel("declined"), null)).toEqual({
      kind: "over",
      words: "Hill Street has declined. Call them if you think it is a mistake.",
    });
  });

  it("names the practice that has accepted", () => {
    const accepted = { ...invited("accepted"), accepted_by: "Riverside Vets" };

    expect(standingOf(pixel(), accepted)).toEqual({ kind: "accepted", practice: "Riverside Vets" });
  });
});
