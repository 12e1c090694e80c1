import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import type { ClinicView } from "$/platform/types";
import type { Wanted } from "./members";
import StaffFields from "./StaffFields.svelte";

const clinics = [
  { id: "hill", name: "Hill Street" },
  { id: "harbour", name: "Harbour" },
] as ClinicView[];

it("keeps the clinics that have no box here", async () => {
  const mia: Wanted = { name: "Mia Frost", role: "senior", job_title: "", clinic_ids: ["hill", "quay"] };
  const form = $state({ wanted: mia });
  render(StaffFields, {
    get wanted() {
      return form.wanted;
    },
    set wanted(next) {
      form.wanted = next;
    },
    roles: [],
    clinics,
    wrong: {},
  });
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Hill Street" }).checked).toBe(true);
  await fireEvent.click(screen.getByRole("checkbox", { name: "Harbour" }));

  expect(form.wanted.clinic_ids).toEqual(["hill", "quay", "harbour"]);
});
