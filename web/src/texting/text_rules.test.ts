import { expect, it } from "vitest";
import { encodingNote, isTooLong, withName } from "./text_rules";

it("names the character that makes a text dear, and what a plain one saves", () => {
  const text = `It\u2019s ready. ${"a".repeat(140)}`;

  expect(encodingNote(text)).toEqual({
    words: "A curly apostrophe (\u2019) leaves room for 70 characters instead of 160. Plain, it takes 1 instead of 3.",
    canReplace: true,
  });
  expect(encodingNote("It's ready.")).toBeNull();
});

it("does not offer to replace what has no plain form", () => {
  expect(encodingNote("See you 🐾")).toEqual({
    words: "“🐾” leaves room for 70 characters instead of 160.",
    canReplace: false,
  });
});

it("names three characters at most, and invisible ones by what they are", () => {
  expect(encodingNote("\u00a0🐾")?.words).toMatch(/^A fixed space and “🐾” leave room/);
  expect(encodingNote("абвг")?.words).toMatch(/^“а”, “б”, “в” and 1 more leave room/);
});

it("puts the practice's name in front once (V2P-90)", () => {
  const once = withName("Your cat is ready", "Hill Street");

  expect(once).toBe("Hill Street: Your cat is ready");
  expect(withName(once, "Hill Street")).toBe(once);
  expect(withName("Hello", "")).toBe("Hello");
});

it("knows how much fits into a text at all", () => {
  expect([isTooLong("🐾".repeat(1600)), isTooLong("a".repeat(1601))]).toEqual([false, true]);
});
