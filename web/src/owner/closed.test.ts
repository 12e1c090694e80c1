import { expect, it } from "vitest";
import type { OwnerHome } from "$/platform/types";
import { whyClosed } from "./closed";

const welcome: OwnerHome = {
  pets: [],
  threads: [],
  is_turned_away: false,
  is_chat_disabled: false,
  closed_clinic_ids: [],
  silent_clinic_ids: [],
};

it.each([
  [{}, null],
  [{ is_turned_away: true, is_chat_disabled: true }, "blocked"],
  [{ is_chat_disabled: true, silent_clinic_ids: ["hill"] }, "disabled"],
  [{ silent_clinic_ids: ["hill"], closed_clinic_ids: ["hill"] }, "off"],
  [{ closed_clinic_ids: ["hill"] }, "not_chosen"],
  [{ silent_clinic_ids: ["harbour"], closed_clinic_ids: ["harbour"] }, null],
] as const)("is the reason that reaches furthest: %j", (more, why) => {
  expect(whyClosed({ ...welcome, ...more } as OwnerHome, "hill")).toBe(why);
});

it("knows what an earlier release has kept on the phone", () => {
  const { silent_clinic_ids: _, ...earlier } = welcome;

  expect(whyClosed(earlier as OwnerHome, "hill")).toBeNull();
  expect(whyClosed(null, "hill")).toBeNull();
});
