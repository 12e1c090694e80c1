import { expect, test } from "vitest";
import type { ClinicView, StaffView } from "$/platform/types";
import { changeTo, isAtLeast, lostBy, mayDecideOn, placedAt, wantedOf } from "./members";

const clinics = [
  { id: "hill", name: "Hill Street" },
  { id: "harbour", name: "Harbour" },
] as ClinicView[];
const mia: StaffView = {
  id: "mia",
  name: "Mia Frost",
  email: "mia@northside.example",
  role: "administrator",
  job_title: "Nurse",
  clinic_ids: ["hill", "harbour"],
  has_password: true,
  invited_until: null,
  new_email: null,
  new_email_until: null,
  left_at: null,
  mail_refused_at: null,
  mail_words: null,
  has_second_step: false,
  revision: 7,
};

test("only what was changed is asked for, from what the screen showed", () => {
  const same = { ...wantedOf(mia), name: " Mia Frost ", clinic_ids: ["harbour", "hill"] };
  expect(changeTo(mia, same)).toBeNull();
  expect(changeTo(mia, { ...same, job_title: "", role: "basic" })).toEqual({
    revision: 7,
    job_title: "",
    role: "basic",
  });
  expect(changeTo(mia, { ...same, clinic_ids: ["hill"] })).toEqual({ revision: 7, clinic_ids: ["hill"] });
});

test("what a change takes away is said, and nothing where it takes nothing", () => {
  const lost = (change: object) => lostBy(mia, { ...wantedOf(mia), ...change }, clinics);
  expect(lost({ name: "Mia Snow", role: "practice_owner", clinic_ids: ["hill"] })).toEqual([]);
  expect(lost({ role: "senior" })).toEqual(["Mia Frost will no longer manage the team, the settings and reports."]);
  expect(lost({ role: "basic", clinic_ids: ["hill"] })).toEqual([
    expect.stringContaining("will no longer see the inbox"),
    expect.stringContaining("no longer manage the team"),
    expect.stringContaining("no longer see the threads of Harbour"),
  ]);
});

test("a clinic that the screen does not show is kept, and not said to be lost", () => {
  const elsewhere = { ...mia, clinic_ids: ["hill", "quay"] };
  const both = { ...wantedOf(elsewhere), clinic_ids: placedAt(elsewhere.clinic_ids, "harbour", true) };
  expect(changeTo(elsewhere, both)).toEqual({ revision: 7, clinic_ids: ["hill", "quay", "harbour"] });
  expect(lostBy(elsewhere, both, clinics)).toEqual([]);

  const left = { ...both, clinic_ids: placedAt(both.clinic_ids, "hill", false) };
  expect(changeTo(elsewhere, left)).toEqual({ revision: 7, clinic_ids: ["quay", "harbour"] });
  expect(lostBy(elsewhere, left, clinics)).toEqual([
    expect.stringContaining("no longer see the threads of Hill Street"),
  ]);
});

test("access is ended and given back where all their clinics are one's own, and the role is not above one's own", () => {
  const hill = clinics.slice(0, 1);
  expect(mayDecideOn({ ...mia, clinic_ids: ["hill"] }, "administrator", hill)).toBe(true);
  expect(mayDecideOn({ ...mia, clinic_ids: ["hill", "harbour"] }, "administrator", hill)).toBe(false);
  expect(mayDecideOn({ ...mia, clinic_ids: ["harbour"] }, "administrator", clinics)).toBe(true);
  expect(mayDecideOn({ ...mia, role: "practice_owner" }, "administrator", clinics)).toBe(false);
});

test("roles are ordered", () => {
  expect(isAtLeast("senior", "basic")).toBe(true);
  expect(isAtLeast("administrator", "practice_owner")).toBe(false);
});
