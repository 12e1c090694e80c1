import { describe, expect, it } from "vitest";
import type { ConnectionView } from "$/platform/types";
import { standingOf, treatedBy } from "./pet_standing";

const at = { zone: "America/New_York", now: Date.parse("2026-11-21T10:00:00Z") };
const pixel = { id: "pixel", name: "Pixel", died_on: null };
const clinic = {
  id: "hill",
  name: "Hill Street",
  timezone: at.zone,
  phone: null,
  emergency_number: null,
  address: null,
};

function connection(state: ConnectionView["state"], more: Partial<ConnectionView> = {}): ConnectionView {
  const since = "2026-11-03T15:00:00Z";
  return { id: "c", pet_id: "pixel", state, since, ended_by: null, is_up_to_family: false, ...more };
}

describe("how a pet stands with the clinic, for the team (AL-10, AL-17, AL-20)", () => {
  it("says nothing of one that the clinic treats, nor of a pet that has died", () => {
    expect(standingOf(pixel, connection("accepted"), at)).toBeNull();
    expect(standingOf({ ...pixel, died_on: "2026-01-02" }, connection("invited"), at)).toBeNull();
  });

  it("waits for an answer", () => {
    const standing = standingOf(pixel, connection("invited"), at);

    expect(standing).toEqual({
      words: "Waits for your answer since 3 Nov",
      answers: ["connect", "decline"],
      isWaiting: true,
    });
  });

  it("can be connected where nobody asked, and after an answer or its lack", () => {
    for (const each of [undefined, connection("declined"), connection("expired")])
      expect(standingOf(pixel, each, at)?.answers).toEqual(["connect"]);
    expect(standingOf(pixel, undefined, at)?.words).toBe("Not treated here");
  });

  it("names who ended it, and leaves to the family what the family has ended", () => {
    const byTeam = standingOf(pixel, connection("revoked", { ended_by: "Nora Ames" }), at);
    const byFamily = standingOf(pixel, connection("revoked", { ended_by: "Olive Hart", is_up_to_family: true }), at);
    const takenBack = standingOf(pixel, connection("revoked", { is_up_to_family: true }), at);

    expect([byTeam?.words, byTeam?.answers]).toEqual([
      "No longer treated here, ended by Nora Ames on 3 Nov",
      ["connect"],
    ]);
    expect(byFamily?.words).toMatch(/ended by Olive Hart on 3 Nov\. Only the family can ask again$/);
    expect([byFamily?.answers, takenBack?.answers]).toEqual([[], []]);
    expect(takenBack?.words).toMatch(/took it back on 3 Nov$/);
  });

  it("can be ended for living pets that the clinic treats only", () => {
    const clinicsOf = (...args: [typeof pixel | { died_on: string }, ConnectionView | undefined]) =>
      treatedBy({ ...pixel, ...args[0] }, args[1], clinic).map(({ clinicId }) => clinicId);

    expect(clinicsOf(pixel, connection("accepted"))).toEqual(["hill"]);
    expect(clinicsOf(pixel, connection("revoked"))).toEqual([]);
    expect(clinicsOf(pixel, undefined)).toEqual([]);
    expect(clinicsOf({ died_on: "2026-01-02" }, connection("accepted"))).toEqual([]);
  });
});
