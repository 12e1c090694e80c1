import { describe, expect, it } from "vitest";
import type { ConversationView } from "$/platform/types";
import type { Assignment, HandOffChoices } from "./api";
import { assignmentOf, choicesFor, isHandedTo, isMine } from "./assignment";

const nobody: Assignment = {
  staff_id: null,
  staff_name: null,
  clinic_id: null,
  clinic_name: null,
  role: null,
  by_id: "nora",
  by_name: "Nora Ames",
  at: "2026-11-22T10:00:00Z",
  revision: 4,
};

function conversation(assignment: Assignment | null, ended_at: string | null = null): ConversationView {
  const opened = {
    opened_at: "2026-11-22T09:00:00Z",
    opened_by_name: "Olive Hart",
    opened_by_kind: "contact",
  } as const;
  return { id: "c", title: "Limp", channel: "app", revision: 5, ...opened, ended_at, ended_by_name: null, assignment };
}

describe("who answers", () => {
  it("is nobody before it is taken, after it is given back, and once it has ended (PA-20)", () => {
    const mine = { ...nobody, staff_id: "nora", staff_name: "Nora Ames" };

    expect([null, nobody].map((each) => assignmentOf(conversation(each)))).toEqual([null, null]);
    expect(isMine(conversation(mine), "nora")).toBe(true);
    expect(isMine(conversation(mine, "2026-11-22T11:00:00Z"), "nora")).toBe(false);
  });

  it("waits for whom it was handed to, until they take it (PA-20)", () => {
    const vane = { id: "vane", role: "senior" };
    const toVane = { ...nobody, staff_id: "vane", staff_name: "Dr Sam Vane" };
    const waits = (assignment: Assignment) => isHandedTo(conversation(assignment), vane, "hill");

    expect(waits(toVane)).toBe(true);
    expect(waits({ ...toVane, by_id: "vane" })).toBe(false);
    expect([waits({ ...nobody, role: "senior" }), waits({ ...nobody, role: "administrator" })]).toEqual([true, false]);
    expect(waits({ ...nobody, clinic_id: "hill" })).toBe(true);
    expect(waits({ ...nobody, clinic_id: "harbour" })).toBe(false);
    expect(isHandedTo(conversation({ ...nobody, clinic_id: "hill" }), { id: "nora", role: "senior" }, "hill")).toBe(
      false,
    );
  });
});

describe("to whom it can be handed", () => {
  const onDuty = { is_off_duty: false, off_duty_until: null, is_mail_refused: false };
  const choices: HandOffChoices = {
    people: [
      {
        staff_id: "vane",
        name: "Dr Sam Vane",
        job_title: "Veterinarian",
        role: "senior",
        needs_grant: false,
        ...onDuty,
      },
      { staff_id: "toby", name: "Toby Reyes", job_title: "", role: "basic", needs_grant: true, ...onDuty },
    ],
    clinics: [{ clinic_id: "hill", name: "Hill Street" }],
    elsewhere: [{ clinic_id: "harbour", name: "Harbour", is_connected: false }],
    roles: [{ role: "senior", names: ["Dr Sam Vane"] }],
  };
  const moment = { zone: "America/New_York", now: Date.parse("2026-11-22T15:00:00Z") };
  const found = (query: string) => choicesFor(query, choices, moment).map((each) => each.key);

  it("is found by the beginning of a word of name or job, teams included", () => {
    expect(found("")).toEqual(["vane", "toby", "hill", "senior", "harbour"]);
    expect([found("va"), found("vet"), found("ane"), found("hill"), found("sam vet")]).toEqual([
      ["vane", "senior"],
      ["vane"],
      [],
      ["hill"],
      ["vane"],
    ]);
  });

  it("says who sees the family only because of it (C16)", () => {
    expect(choicesFor("toby", choices, moment)[0]?.detail).toBe("Basic staff · sees this family until midnight");
  });

  it("says to whom e-mails come back (F-28)", () => {
    const people = choices.people.map((each) => ({ ...each, is_mail_refused: each.staff_id === "toby" }));
    const shown = choicesFor("", { ...choices, people }, moment).filter((each) => each.isMailRefused);
    expect(shown.map((each) => each.key)).toEqual(["toby"]);
  });

  it("says who is off duty and until when, by the clinic's clock, and no longer than that (C12)", () => {
    const off = (off_duty_until: string | null) => ({
      ...choices,
      people: choices.people.map((each) => ({ ...each, is_off_duty: true, off_duty_until })),
    });
    const [today, night, friday, open, over] = [
      "2026-11-22T19:00:00Z",
      "2026-11-23T05:00:00Z",
      "2026-11-27T13:00:00Z",
      null,
      "2026-11-22T14:59:00Z",
    ].map((until) => choicesFor("vane", off(until), moment)[0]);

    expect([today?.off, night?.off, friday?.off, open?.off, over?.off]).toEqual([
      "Off duty until 14:00",
      "Off duty until midnight",
      "Off duty until Fri 08:00",
      "Off duty",
      undefined,
    ]);
    expect(today?.detail).toBe("Veterinarian · told when back on duty");
    expect(over?.detail).toBe("Veterinarian");
  });
});
