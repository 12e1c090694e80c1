import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import MessageText from "./MessageText.svelte";

it("opens sites beside the app without telling them where from, and mail and calls in their own apps", () => {
  render(MessageText, { text: "www.northside.vet nora@northside.vet +1 415-555-0134" });

  const links = screen.getAllByRole<HTMLAnchorElement>("link");
  expect(links.map(({ rel }) => rel)).toEqual(Array(3).fill("noopener noreferrer"));
  expect(links.map(({ href, target }) => [href, target])).toEqual([
    ["http://www.northside.vet/", "_blank"],
    ["mailto:nora@northside.vet", ""],
    ["tel:+14155550134", ""],
  ]);
});
