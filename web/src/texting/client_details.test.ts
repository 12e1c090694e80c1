import { expect, it } from "vitest";
import { changesTo, detailsOf } from "./client_details";
import type { ClientView } from "./thread_types";

const olive: ClientView = {
  id: "olive",
  name: "Olive Ann Hart",
  role: "primary",
  email: null,
  is_guest: false,
  is_in_app: true,
  family_id: "hart",
  family_name: "Hart",
  chosen_clinic_ids: [],
  app_consents: [],
  chat_disabled_at: null,
  chat_disabled_by_name: null,
  numbers: [
    {
      number: "+14155550117",
      shown: "+1 415-555-0117",
      is_textable: true,
      standing: { categories: [], carrier_block: null },
    },
  ],
};

it("shows a name in two parts, and none for a guest (V2P-69)", () => {
  expect(detailsOf(olive)).toEqual({ first_name: "Olive", last_name: "Ann Hart", email: "", phone: "+1 415-555-0117" });
  expect(detailsOf({ ...olive, name: "+1 415-555-0117", is_guest: true })).toMatchObject({
    first_name: "",
    last_name: "",
  });
});

it("asks only for what was changed", () => {
  const known = detailsOf(olive);

  expect(changesTo(known, { ...known, email: " olive@example.com " })).toEqual({ email: "olive@example.com" });
  expect(changesTo(known, { ...known, phone: "" })).toEqual({ phone: "" });
  expect(changesTo(known, known)).toEqual({});
});
