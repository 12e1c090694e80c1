import { expect, it, test } from "vitest";
import { linkify } from "./linkify";

const linksIn = (text: string) =>
  linkify(text)
    .filter(({ href }) => href !== null)
    .map(({ text: words, href }) => [words, href]);

it("links web addresses without the full stop that follows", () => {
  expect(linkify("See https://northside.example/pixel. Thanks")).toEqual([
    { text: "See ", href: null },
    { text: "https://northside.example/pixel", href: "https://northside.example/pixel" },
    { text: ". Thanks", href: null },
  ]);
});

test.each([
  ["www.northside.vet", "http://www.northside.vet"],
  ["www.northside.vet/prices?of=x-rays#now", "http://www.northside.vet/prices?of=x-rays#now"],
  ["WWW.Northside.vet", "http://WWW.Northside.vet"],
  ["nora@northside.vet", "mailto:nora@northside.vet"],
  ["olive.hart+pixel@mail.example", "mailto:olive.hart+pixel@mail.example"],
  ["+1 (415) 555-0134", "tel:+14155550134"],
  ["+1-415-555-0134", "tel:+14155550134"],
  ["+44 20 7946 0958", "tel:+442079460958"],
  ["+49 (30) 901820", "tel:+4930901820"],
])("links %s also in the middle of a sentence", (words, href) => {
  expect(linksIn(words)).toEqual([[words, href]]);
  expect(linksIn(`Or (${words}), please.`)).toEqual([[words, href]]);
});

it("keeps every sign of the text, in order", () => {
  const text = "\n www.a.vet, b@c.vet\t+14155550134  https://d.vet/(e) \n";

  expect(
    linkify(text)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
  expect(linksIn(text)).toHaveLength(4);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,hi",
  "ftp://northside.example",
  "//northside.example",
  "She limps.It hurts",
  "awww. so cute",
  "www. and www.northside",
  "Give 2.5 ml/kg at 7.30 or 8.15",
  "call 555-0134",
  "ID 12345678901",
  "+1 415 555",
  "+1 415 555 0134 5",
  "+44 20 7946 0958 2 tablets",
  "a+14155550134",
  "+123456789012345678",
])("links nothing in: %s", (text) => {
  expect(linkify(text)).toEqual([{ text, href: null }]);
});

test("a text without words has no parts", () => {
  expect(linkify("")).toEqual([]);
});
