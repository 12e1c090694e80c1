import { expect, test } from "vitest";
import { addressOfTab, addressOfThread, NO_PET, readPlace } from "./places";

const THREAD = "0190a000-0000-7000-8000-000000000001";
const PIXEL = "0190a000-0000-7000-8000-000000000002";

test("AL-22: a thread opened from a pet keeps the pet in its address", () => {
  expect(readPlace(addressOfThread(THREAD, PIXEL))).toEqual({ kind: "thread", threadId: THREAD, petId: PIXEL });
  expect(readPlace(addressOfThread(THREAD, null))).toEqual({ kind: "thread", threadId: THREAD, petId: null });
});

test("D15: having chosen to write about no pet survives a reload", () => {
  expect(readPlace(addressOfThread(THREAD, NO_PET))).toEqual({ kind: "thread", threadId: THREAD, petId: NO_PET });
});

test.each(["pets", "messages", "visits", "you"] as const)("the address of %s leads back to it", (tab) => {
  expect(readPlace(addressOfTab(tab))).toEqual({ kind: "tab", tab });
});

test("an unknown address shows the pets, the sign-in page itself", () => {
  expect(readPlace("/owner/threads/nonsense")).toEqual({ kind: "tab", tab: "pets" });
  expect(readPlace("/owner/sign-in")).toEqual({ kind: "sign_in" });
});
