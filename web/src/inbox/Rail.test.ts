import { render, screen } from "@testing-library/svelte";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { router } from "$/platform/router.svelte";
import type { SessionView } from "$/platform/types";
import Rail from "./Rail.svelte";

// What is loaded here is real: the tests of other files bring their own.
afterAll(() => void vi.resetModules());

const before = location.pathname;
afterEach(() => router.go(before, "replace"));

it.each([
  ["/staff", ["Messages"]],
  ["/staff/threads/hart", ["Messages"]],
  ["/staff/clients", ["Clients"]],
  ["/staff/profile", []],
  ["/staff/devices", []],
  ["/staff/blocked", []],
])("marks where one is: %s", (path, names) => {
  router.go(path, "replace");
  const view = { person: { id: "nora", name: "Nora", role: "basic" }, can_use_inbox: true } as unknown as SessionView;
  render(Rail, { view, unreadThreads: 0, handed: 0, openReports: null, onsearch: () => {} });

  expect(screen.queryAllByRole("link", { current: "page" }).map((link) => link.textContent?.trim())).toEqual(names);
});
