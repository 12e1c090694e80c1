/** Calling colleagues in a note by their name after an @. Pure. */
import type { TeamMember } from "$/platform/types";
import { cut } from "./name_marks";

/** What is being typed after the last @ before the caret; `null` where no name is being typed. */
export type Typed = { from: number; words: string };

const BEGUN = /(?:^|[\s(])@([\p{L}\p{M}\d.'’ -]{0,40})$/u;

/** Whether a name may stand after an @; in addresses of e-mails it has a letter or digit before it. */
export const mayCall = (text: string): boolean => /(?<![\p{L}\p{N}])@\p{L}/u.test(text);

export function typedName(text: string, caret: number): Typed | null {
  const found = BEGUN.exec(text.slice(0, caret));
  const words = found?.[1];
  return words === undefined ? null : { from: caret - words.length - 1, words };
}

/** Whose name has words that begin with those typed, in the order of the list. */
export function matching(team: TeamMember[], words: string): TeamMember[] {
  const typed = folded(words).split(" ").filter(Boolean);
  return team.filter((member) => {
    const names = folded(member.name).split(" ");
    return typed.every((word) => names.some((name) => name.startsWith(word)));
  });
}

/** The text with the name in place of what was typed, and where the caret goes. */
export function withMention(text: string, typed: Typed, name: string): { text: string; caret: number } {
  const after = text.slice(typed.from + 1 + typed.words.length);
  const put = `@${name}${after.startsWith(" ") ? "" : " "}`;
  return {
    text: text.slice(0, typed.from) + put + after,
    caret: typed.from + put.length + (after.startsWith(" ") ? 1 : 0),
  };
}

/** Whom a note calls: of names that begin alike, the longest is meant. */
export function calledIn(text: string, team: TeamMember[]): TeamMember[] {
  const found = new Set(
    cut(
      text,
      team.map((member) => member.name),
    ).flatMap((part) => (part.isName ? [part.text] : [])),
  );
  return team.filter((member) => member.can_read && found.has(`@${member.name}`));
}

const folded = (words: string): string => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
