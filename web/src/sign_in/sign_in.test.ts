import { expect, test } from "vitest";
import { readChoices } from "./choices";
import { codeIn } from "./code";
import { tokenInAddress } from "./token";
import { waitWords } from "./wait.svelte";

test("a code may be pasted as it stands in the e-mail", () => {
  expect(["123456", "123 456", " Your code: 123-456. ", "1234567", "abc"].map(codeIn)).toEqual([
    "123456",
    "123456",
    "123456",
    "123456",
    "",
  ]);
});

test("the token is read from behind the number sign", () => {
  expect(tokenInAddress("#token=abc_-1")).toBe("abc_-1");
  expect(tokenInAddress("")).toBeNull();
  expect(tokenInAddress("#token=")).toBeNull();
});

test("a wait is never said shorter than it is", () => {
  expect([1, 59, 60, 95].map(waitWords)).toEqual(["1 second", "59 seconds", "1 minute", "2 minutes"]);
});

test("the practices to choose from are read out of the refusal", () => {
  const errors = [
    { field: "practice_id", message: "0190a000 Northside Veterinary" },
    { field: "practice_id", message: "0190a001 Riverside Animal Hospital" },
    { field: "email", message: "something else" },
  ];

  expect(readChoices({ errors }, "practice_id")).toEqual([
    { id: "0190a000", name: "Northside Veterinary" },
    { id: "0190a001", name: "Riverside Animal Hospital" },
  ]);
  expect(readChoices("a proxy's page", "practice_id")).toEqual([]);
});
