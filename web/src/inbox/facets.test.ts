import { expect, it } from "vitest";
import type { InboxRow } from "$/platform/types";
import { everybody, peopleIn } from "./facet_words";
import { isNarrowed, NO_FACETS, namesIn, readAddress, without, writeAddress } from "./facets";

const LABEL = "019aa000-0000-7000-8000-000000000003";
const narrowed = { ...NO_FACETS, urgent: true, startedBy: "family", species: "cat", labelId: LABEL } as const;

it("stands in the address and is read from there again (V2P+7)", () => {
  const address = writeAddress("waiting", narrowed);

  expect(address).toBe(`?show=waiting&urgent=1&started_by=family&species=cat&label=${LABEL}`);
  expect(readAddress(address)).toEqual({ filter: "waiting", facets: narrowed });
  expect(writeAddress("open", NO_FACETS)).toBe("");
});

it("takes no notice of what it does not understand", () => {
  expect(readAddress("?show=lost&channel=fax&label=nonsense&code=1")).toEqual({ filter: "open", facets: NO_FACETS });
});

it("loses one filter at a time", () => {
  const fewer = without(without(narrowed, "species"), "labelId");

  expect(namesIn(fewer)).toEqual(["urgent", "startedBy"]);
  expect([isNarrowed(fewer), isNarrowed(NO_FACETS)]).toEqual([true, false]);
});

it("goes on offering whom it has seen to answer while the queue is asked for anew", () => {
  const seen = new Map<string, string>();
  const answered = { conversation: { assignment: { staff_id: "vane", staff_name: "Dr Vane" } } } as InboxRow;
  peopleIn([answered], "nora", seen);

  expect(peopleIn([], "nora", seen).map((person) => person.name)).toEqual(["You", "Dr Vane"]);
});

it("offers all colleagues, the reader first, and once", () => {
  const seen = [
    { id: "nora", name: "You" },
    { id: "gone", name: "Lee" },
  ];
  const team = ["Zoe", "nora", "ada"].map((name) => ({ id: name, name }));

  expect(everybody(seen, team, "nora").map((person) => person.name)).toEqual(["You", "ada", "Lee", "Zoe"]);
});
