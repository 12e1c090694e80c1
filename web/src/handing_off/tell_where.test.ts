import { expect, it } from "vitest";
import { whereToGoOn } from "./tell_where";

it.each([
  [{ isByText: false, isConnected: true }, "You can write to them here in the app, at Harbour."],
  [{ isByText: false, isConnected: false }, "will be in touch with you."],
  [{ isByText: true, isConnected: true }, "will be in touch with you."],
])("sends nobody to where they cannot write (PA-21): %j", (way, end) => {
  expect(whereToGoOn("Harbour", way).endsWith(end)).toBe(true);
});
