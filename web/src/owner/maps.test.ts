import { expect, test } from "vitest";
import { mapsAddress } from "./maps";

test("each phone is sent to its own maps", () => {
  const address = "120 Hill Street, Syracuse, NY 13202";
  const place = "120%20Hill%20Street%2C%20Syracuse%2C%20NY%2013202";

  expect(mapsAddress(address, "Mozilla/5.0 (Linux; Android 15)")).toBe(`geo:0,0?q=${place}`);
  expect(mapsAddress(address, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)")).toBe(`https://maps.apple.com/?q=${place}`);
  expect(mapsAddress(address, "Mozilla/5.0 (X11; Linux x86_64)")).toContain(`search?query=${place}`);
});
