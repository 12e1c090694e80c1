import { render, screen } from "@testing-library/svelte";
import { beforeAll, expect, it } from "vitest";
import EndManyDialog from "./EndManyDialog.svelte";
import FilterDialog from "./FilterDialog.svelte";
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
  render(FilterDialog, { inbox: { facets: NO_FACETS } as InboxStore, clinics: [], people, onclose: () => {} });

  expect(screen.getAllByRole("button", { name: "Sam" })).toHaveLength(2);
});
