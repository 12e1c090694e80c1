import { expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "./bytes";

it("writes bytes as base64url and reads them back", () => {
  const bytes = Uint8Array.from([251, 255, 191, 0, 1]);

  expect(toBase64Url(bytes.buffer)).toBe("-_-_AAE");
  expect(fromBase64Url("-_-_AAE")).toEqual(bytes);
});
