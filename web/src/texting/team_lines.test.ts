import { expect, it } from "vitest";
import { addressIn } from "./team_lines";

it("finds the address that a client gave", () => {
  const words = "jo.vet@example.co.uk is not on file for any client. Add it to their record.";

  expect([addressIn(words), addressIn("Nothing here")]).toEqual(["jo.vet@example.co.uk", ""]);
});
