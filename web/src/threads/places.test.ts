import { expect, it } from "vitest";
import { conversation, message, minute, nora, olive, snapshot } from "./northside.test_data";
import { hasBothChannels, likeliestPlace, placesOf } from "./places";
import { fromSnapshot } from "./reduce";

const NUMBER = "+14155550117";
const texted = (id: string, more = {}) => conversation(id, 1, { channel: "sms", contact_number: NUMBER, ...more });
const state = (conversations: ReturnType<typeof conversation>[]) =>
  fromSnapshot(snapshot([], { conversations }), nora.id);
const slots = (conversations: ReturnType<typeof conversation>[]) =>
  placesOf(state(conversations)).map((place) => place.slot);

it("offers the app, and every number that a conversation is open with", () => {
  expect(slots([conversation("cough", 1), texted("limp"), texted("diet")])).toEqual(["text", "text diet", "text limp"]);
  expect(slots([])).toEqual(["text"]);
});

it("does not offer the app for a guest who only texts, nor an ended conversation", () => {
  expect(slots([texted("limp")])).toEqual(["text limp"]);
  expect(slots([texted("limp", { ended_at: minute(9) })])).toEqual([]);
});

it("writes where the family wrote last", () => {
  const places = placesOf(state([conversation("cough", 1), texted("limp")]));
  const inApp = message(2, olive, { conversation_id: "cough" });
  const byText = message(3, olive, { conversation_id: "limp", channel: "sms" });

  expect(likeliestPlace(places, [inApp, byText])?.slot).toBe("text limp");
  expect(likeliestPlace(places, [byText, inApp, message(4, nora)])?.slot).toBe("text");
});

it("writes where the team has just begun", () => {
  const places = placesOf(state([conversation("cough", 1), texted("limp", { opened_at: minute(5) })]));

  expect(likeliestPlace(places, [message(2, olive)])?.slot).toBe("text limp");
  expect(likeliestPlace(places, [message(7, olive)])?.slot).toBe("text");
});

it("knows when a thread has both channels", () => {
  expect([hasBothChannels([texted("limp")]), hasBothChannels([conversation("cough", 1), texted("limp")])]).toEqual([
    false,
    true,
  ]);
});
