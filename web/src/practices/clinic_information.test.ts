import { expect, test } from "vitest";
import { changesTo, type Information } from "./clinic_information";

const known: Information = {
  name: "Northside",
  phone: "(315) 555-0100",
  emergency_number: "(315) 555-0199",
  street: "120 Hill Street",
  city: "Syracuse",
  region: "NY",
  postcode: "13202",
  is_app_chat_enabled: true,
  mails_show_words: false,
  brand_colour: "#7048e8",
};

test("only what was changed is asked for", () => {
  expect(changesTo(known, { ...known, name: " Northside " })).toEqual({});
  expect(changesTo(known, { ...known, phone: "315 555 0111 " })).toEqual({ phone: "315 555 0111" });
  expect(changesTo(known, { ...known, is_app_chat_enabled: false })).toEqual({ is_app_chat_enabled: false });
});

test("a colour that was given up is taken away", () => {
  expect(changesTo(known, { ...known, brand_colour: "" })).toEqual({ brand_colour: null });
  expect(changesTo(known, { ...known, brand_colour: "#c92a2a" })).toEqual({ brand_colour: "#c92a2a" });
});

test("an address may be changed in part, and taken away", () => {
  expect(changesTo(known, { ...known, street: "122 Hill Street " })).toEqual({ street: "122 Hill Street" });
  expect(changesTo(known, { ...known, region: " ", postcode: "" })).toEqual({ region: null, postcode: null });
});

test("an emptied number is taken away, while an emptied name is sent on to be refused", () => {
  expect(changesTo(known, { ...known, name: "", phone: " ", emergency_number: "" })).toEqual({
    name: "",
    phone: null,
    emergency_number: null,
  });
});
