import { expect, test } from "vitest";
import { countFilters, isAboutMessages, messageQuery, NO_FILTERS } from "./filters";

test("the last day is part of the time that is looked through", () => {
  const days = { ...NO_FILTERS, firstDay: "2026-11-20", lastDay: "2026-11-20" };
  const query = messageQuery("paw", days, "Europe/London");

  expect([query.since, query.before]).toEqual(["2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z"]);
});

test("a year that is being typed narrows nothing yet", () => {
  for (const day of ["0026-11-20", "20261-11-20"]) {
    const query = messageQuery("paw", { ...NO_FILTERS, firstDay: day, lastDay: day }, "Europe/London");
    expect([query.since, query.before]).toEqual([null, null]);
  }
});

test("what was not chosen is not asked for", () => {
  expect(messageQuery("paw", NO_FILTERS, "Europe/London")).toEqual({
    q: "paw",
    clinic_id: null,
    written_by: null,
    since: null,
    before: null,
    with_files: false,
    cursor: null,
  });
  expect(countFilters({ ...NO_FILTERS, clinicId: "north", withFiles: true })).toBe(2);
});

test("a clinic narrows people down too, an author only messages", () => {
  expect(isAboutMessages({ ...NO_FILTERS, clinicId: "north" })).toBe(false);
  expect(isAboutMessages({ ...NO_FILTERS, writtenBy: "team" })).toBe(true);
});
