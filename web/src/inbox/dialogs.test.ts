import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeAll, expect, it, vi } from "vitest";
import EndManyDialog from "./EndManyDialog.svelte";
import FilterDialog from "./FilterDialog.svelte";
import type { Person } from "./facet_words";
import { NO_FACETS } from "./facets";
import type { Picking } from "./picking.svelte";
import type { InboxStore } from "./store.svelte";

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

it("names two families of one name that were refused alike", () => {
  const failure = { family: "Hart", words: "Dr Vane ended this" };
  render(EndManyDialog, { picking: { failures: [failure, failure] } as unknown as Picking, rows: [] });

  expect(screen.getAllByText("Hart family")).toHaveLength(2);
});

it("offers two colleagues of one name", () => {
  const people = ["one", "two"].map((id) => ({ id, name: "Sam" }));
  const inbox = { facets: NO_FACETS, former: [] as Person[], species: [] as string[] } as InboxStore;
  render(FilterDialog, { inbox, clinics: [], people, onclose: () => {} });

  expect(screen.getAllByRole("button", { name: "Sam" })).toHaveLength(2);
});

it("has whoever left in a place of their own, and takes one or a colleague", async () => {
  const people = [
    { id: "nora", name: "Nora" },
    { id: "vane", name: "Dr Vane" },
  ];
  const narrow = vi.fn();
  const facets = { ...NO_FACETS, assigneeId: "nora" };
  const inbox = { facets, former: [people[1]], species: [], narrow } as unknown as InboxStore;
  render(FilterDialog, { inbox, clinics: [], people, onclose: () => {} });
  const left = within(screen.getByRole("group", { name: "No longer here" }));
  await fireEvent.click(left.getByRole("button", { name: "Dr Vane" }));

  expect(screen.getAllByRole("button", { name: "Dr Vane" })).toHaveLength(1);
  expect(narrow.mock.calls).toEqual([[{ ...NO_FACETS, formerId: "vane" }]]);
});
