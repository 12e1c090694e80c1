import { expect, test } from "vitest";
import { readScanned } from "./scanned";

const CODE = "0123456789abcdefghjk";
const HOST = "northside.example";
const JOIN = { kind: "join", address: `/owner/join#code=${CODE}&via=qr` };

test.each([
  `https://northside.example/c/${CODE}?qr`,
  `http://Northside.example/c/${CODE.toUpperCase()}`,
  ` northside.example/c/${CODE} `,
  CODE,
  "01234 56789-ABCDE FGHJK",
])("a poster's code leads to the joining screen: %s", (text) => {
  expect(readScanned(text, HOST)).toEqual(JOIN);
});

test("a server on one's own machine may be called by either name", () => {
  expect(readScanned(`http://127.0.0.1:8080/c/${CODE}?qr`, "localhost:8080")).toEqual(JOIN);
  expect(readScanned(`http://127.0.0.1:9090/c/${CODE}?qr`, "localhost:8080").kind).toBe("other");
});

test.each([
  `https://elsewhere.example/c/${CODE}`,
  `https://northside.example.elsewhere.example/c/${CODE}`,
  `https://northside.example@elsewhere.example/c/${CODE}`,
  "https://northside.example/c/short",
  "https://northside.example/staff",
  `javascript:location="/c/${CODE}"`,
  "WIFI:S:Waiting room;;",
  "0123456789",
])("anything else is only shown: %s", (text) => {
  expect(readScanned(text, HOST)).toEqual({ kind: "other", text });
});

test("a long text is cut", () => {
  expect(readScanned("x".repeat(500), HOST)).toEqual({ kind: "other", text: `${"x".repeat(120)}…` });
});
