import { expect, test } from "vitest";
import { readWay } from "./way";

test("a poster and a link lead to the same clinic, and tell themselves apart", () => {
  expect(readWay("#code=abc&via=qr")).toEqual({ kind: "clinic", code: "abc", via: "qr" });
  expect(readWay("#code=abc")).toEqual({ kind: "clinic", code: "abc", via: "link" });
});

test("an invitation is not a code, and half a link is neither", () => {
  expect(readWay("#invitation=abc")).toEqual({ kind: "invitation", token: "abc" });
  expect(["", "#", "#code=", "#token=abc"].map((hash) => readWay(hash).kind)).toEqual(["none", "none", "none", "none"]);
});
