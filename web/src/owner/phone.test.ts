import { expect, test } from "vitest";
import { callAddress, spokenNumber } from "./phone";

test("a number is dialled without its spaces and read in groups", () => {
  expect(callAddress("+1 (415) 555-0199")).toBe("tel:+14155550199");
  expect(spokenNumber("+14155550199")).toBe("(415) 555-0199");
  expect(spokenNumber("+442079460199")).toBe("+44 2079 460 199");
  expect(spokenNumber("112")).toBe("112");
});
