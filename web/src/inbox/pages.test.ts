import { expect, it } from "vitest";
import { pageAt } from "./pages";

it.each(["/staff/team", "/staff/reports", "/staff/settings/hill"])("has %s for administrators only", (address) => {
  expect(pageAt(address, "senior")).toBe("barred");
  expect(pageAt(address, "administrator")).not.toBe("barred");
});

it("knows the page of an address", () => {
  expect(pageAt("/staff/settings/hill", "practice_owner")).toBe("Settings");
  expect(pageAt("/staff/devices", "basic")).toBe("Devices");
  expect(pageAt("/staff/threads/hart", "basic")).toBeNull();
  expect(pageAt("/staff/teams", "basic")).toBeNull();
});
