import { expect, it } from "vitest";
import { ZONE } from "$/threads/northside.test_data";
import { timeToCome } from "./when";

it("says a time to come as briefly as it can without being mistaken", () => {
  const monday = Date.parse("2026-11-16T17:00:00Z");
  const said = ["2026-11-16T23:00:00Z", "2026-11-17T16:00:00Z", "2026-11-23T16:00:00Z", "2027-01-04T16:00:00Z"].map(
    (at) => timeToCome(at, ZONE, monday),
  );

  expect(said).toEqual(["15:00", "Tue 08:00", "23 Nov, 08:00", "4 Jan 2027, 08:00"]);
});
