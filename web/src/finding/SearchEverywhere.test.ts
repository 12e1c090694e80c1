import { render, waitFor } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";
import { toasts } from "$/platform/toasts.svelte";
import { Finder } from "./finder.svelte";
import SearchEverywhere from "./SearchEverywhere.svelte";

vi.mock("./SearchDialog.svelte", () => {
  throw new Error("offline");
});

it("is closed again when it cannot be loaded, and says so", async () => {
  toasts.shown = [];
  const finder = new Finder();
  finder.open();
  render(SearchEverywhere, { finder, clinics: [] });
  await waitFor(() => expect(finder.isOpen).toBe(false));

  expect(toasts.shown.map((toast) => toast.text)).toEqual(["This could not be loaded"]);
});
