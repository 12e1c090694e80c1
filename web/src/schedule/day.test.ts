import { expect, test } from "vitest";
import { columnsOf } from "./day.svelte";
import type { AppointmentView } from "./types";

function at(starts_at: string, name: string | null): AppointmentView {
  return {
    id: starts_at,
    clinic_id: "clinic",
    family: { id: "family", name: "Hart family" },
    pet: { id: "pet", name: "Pixel", species: "dog" },
    has_pet_died: false,
    staff: name === null ? null : { id: name, name, job_title: "" },
    starts_at,
    minutes: 30,
    kind: "Check-up",
    status: "booked",
    answered_by_name: null,
    revision: 1,
  };
}

test("everybody with something to do has a column, in the order of names, and what is nobody's comes first", () => {
  const columns = columnsOf([at("09:00", "Nora"), at("09:30", "Dr Vane"), at("10:00", null), at("11:00", "Nora")]);

  expect(columns.map(({ staff, appointments }) => [staff?.name ?? null, appointments.map(({ id }) => id)])).toEqual([
    [null, ["10:00"]],
    ["Dr Vane", ["09:30"]],
    ["Nora", ["09:00", "11:00"]],
  ]);
});
