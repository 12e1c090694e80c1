import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { DutyView } from "./api";
import { duty } from "./duty.svelte";
import OffDutyStrip from "./OffDutyStrip.svelte";

const view: DutyView = { is_off: true, until: null, timezone: "UTC", day_ends_at: "2026-11-21", opens_next_at: null };

it.each([
  ["on, once the button is gone", false, 1],
  ["not on, while it is there still", true, 0],
])("passes the focus %s", async (_words, is_off, times) => {
  vi.spyOn(duty, "comeBack").mockImplementation(async () => {
    duty.view = { ...view, is_off };
  });
  duty.view = view;
  const onback = vi.fn();
  render(OffDutyStrip, { onback });
  await fireEvent.click(screen.getByRole("button", { name: "Back on duty" }));
  await eventually(() => expect(duty.view?.is_off).toBe(is_off));

  expect(onback).toHaveBeenCalledTimes(times);
});
