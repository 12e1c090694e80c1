import { expect, it } from "vitest";
import { linkify } from "./linkify";

it("links web addresses without the full stop that follows", () => {
  expect(linkify("See https://northside.example/pixel. Thanks")).toEqual([
    { text: "See ", href: null },
    { text: "https://northside.example/pixel", href: "https://northside.example/pixel" },
    { text: ". Thanks", href: null },
  ]);
});

it("never links anything but http addresses", () => {
  expect(linkify("javascript:alert(1)")).toEqual([{ text: "javascript:alert(1)", href: null }]);
});
