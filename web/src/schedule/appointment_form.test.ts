import { expect, test } from "vitest";
import { clock } from "$/platform/clock.svelte";
import { AppointmentForm } from "./appointment_form.svelte";
import type { AppointmentView, DayView } from "./types";

const appointment = (values: Partial<AppointmentView> = {}): AppointmentView => ({
  id: "appointment",
  clinic_id: "clinic",
  family: { id: "family", name: "Hart family" },
  pet: { id: "pet", name: "Pixel", species: "dog" },
  has_pet_died: false,
  staff: null,
  starts_at: "2100-03-01T15:30:00Z",
  minutes: 30,
  kind: "Check-up",
  status: "booked",
  answered_by_name: null,
  revision: 1,
  ...values,
});

const day = { on_date: "2100-03-01", clinic: { timezone: "America/New_York" } } as DayView;

function isNews(of: AppointmentView | null, date: string, time: string): boolean {
  const form = new AppointmentForm(day, of);
  Object.assign(form, { date, time });
  return form.isNews;
}

test("PPB-2: a family is told of another time that is still to come, and of nothing else", () => {
  const yesterday = new Date(clock.now - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

  expect(isNews(appointment(), "2100-03-01", "11:00")).toBe(true);
  expect(isNews(appointment(), "2100-03-02", "10:30")).toBe(true);
  expect(isNews(appointment(), "2100-03-01", "10:30")).toBe(false);
  expect(isNews(appointment(), yesterday, "00:00")).toBe(false);
  expect(isNews(appointment(), "2100-03-01", "")).toBe(false);
  expect(isNews(appointment({ has_pet_died: true }), "2100-03-01", "11:00")).toBe(false);
  expect(isNews(null, "2100-03-01", "11:00")).toBe(false);
});
