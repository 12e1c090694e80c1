import { describe, expect, it } from "vitest";
import type { TeamMember } from "$/platform/types";
import { linkify } from "./linkify";
import { calledIn, matching, typedName, withMention } from "./mentions";
import { markNames } from "./name_marks";

const onDuty = { is_off_duty: false, off_duty_until: null, is_mail_refused: false };
const member = (name: string, can_read = true): TeamMember => ({
  staff_id: name,
  name,
  job_title: "",
  can_read,
  ...onDuty,
});
const team = [
  member("Dr Sam Vane"),
  member("Noé Ruiz"),
  member("Sam"),
  member("Sam Vane Jr"),
  member("Toby Reyes", false),
];
const names = (found: TeamMember[]) => found.map((each) => each.name);

describe("a name that is being typed", () => {
  it("begins with an @ at the beginning of a word", () => {
    expect(typedName("ask @sam va", 11)).toEqual({ from: 4, words: "sam va" });
    expect(typedName("@", 1)).toEqual({ from: 0, words: "" });
    expect(typedName("olive@hart.example", 18)).toBeNull();
    expect(typedName("@sam\nthen", 9)).toBeNull();
  });

  it("finds words of names, accents aside", () => {
    expect(names(matching(team, "noe"))).toEqual(["Noé Ruiz"]);
    expect(names(matching(team, "va sam"))).toEqual(["Dr Sam Vane", "Sam Vane Jr"]);
    expect(matching(team, "please look")).toEqual([]);
  });

  it("is put in whole, with one space after it", () => {
    expect(withMention("ask @sa today", { from: 4, words: "sa" }, "Dr Sam Vane")).toEqual({
      text: "ask @Dr Sam Vane today",
      caret: 17,
    });
    expect(withMention("@", { from: 0, words: "" }, "Sam")).toEqual({ text: "@Sam ", caret: 5 });
  });
});

describe("whom a note calls", () => {
  it("are those named whole, of names that begin alike the longest", () => {
    expect(names(calledIn("@Sam Vane Jr and @Noé Ruiz, please", team))).toEqual(["Noé Ruiz", "Sam Vane Jr"]);
    expect(names(calledIn("@Samuel is somebody else", team))).toEqual([]);
  });

  it("is nobody who cannot read it", () => {
    expect(calledIn("@Toby Reyes", team)).toEqual([]);
  });

  it("stands out on the screen, and web addresses stay what they are", () => {
    const parts = markNames(linkify("@Sam see https://x.example/@Sam now"), ["Sam"]);

    expect(parts.map((part) => [part.text, part.isName, part.href !== null])).toEqual([
      ["@Sam", true, false],
      [" see ", false, false],
      ["https://x.example/@Sam", false, true],
      [" now", false, false],
    ]);
  });
});
