import { describe, expect, it } from "vitest";
import { isNumber } from "./address";

describe("what was typed to sign in with", () => {
  it.each(["(415) 555-0117", "+44 7700 900123", "415.555.0117", " 4155550117 "])("%s is a number", (typed) => {
    expect(isNumber(typed)).toBe(true);
  });

  it.each(["olive@example.com", "4155550117@example.com", "olive", "", "12", "olive 415 555 0117"])(
    "%s is none",
    (typed) => {
      expect(isNumber(typed)).toBe(false);
    },
  );
});
