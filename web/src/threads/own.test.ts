import { expect, it } from "vitest";
import { previewOf } from "$/owner/preview";
import { message, olive, ZONE } from "./northside.test_data";
import { isOwn } from "./own";
import { buildTimeline } from "./timeline";

const own = message(1, olive, { channel: "sms" });
const shared = message(2, olive, {
  channel: "sms",
  author_name: "Hart family via +1 415-555-0117",
  is_from_shared_number: true,
});

it("counts a text from a phone of several people as nobody's own (C20)", () => {
  expect([isOwn(own, "olive"), isOwn(shared, "olive"), isOwn(own, "omar")]).toEqual([true, false, false]);
});

it("says in the list who wrote it, also to whom it stands under (C20)", () => {
  expect(previewOf(shared, "olive")).toContain("Hart family via +1 415-555-0117");
  expect(previewOf(own, "olive")).not.toContain("Olive");
});

it("does not run on from what the same person wrote alone (C20)", () => {
  const source = { pending: [], conversations: [], hasOlder: false, zone: ZONE, firstUnreadSeq: null };
  const items = buildTimeline({ ...source, messages: [own, shared, { ...shared, id: "again", seq: 3 }] });

  expect(items.flatMap((item) => (item.type === "message" ? [item.isRunOn] : []))).toEqual([false, false, true]);
});
