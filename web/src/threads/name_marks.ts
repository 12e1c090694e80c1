/** Names of colleagues in a note. Pure. */
import type { TextPart } from "./linkify";

type MarkedPart = TextPart & { isName: boolean };

/** Names of colleagues stand out; what is a web address already stays one. */
export function markNames(parts: TextPart[], names: string[]): MarkedPart[] {
  return parts.flatMap((part): MarkedPart[] =>
    part.href === null
      ? cut(part.text, names).map((piece) => ({ ...piece, href: null }))
      : [{ ...part, isName: false }],
  );
}

export function cut(text: string, names: string[]): { text: string; isName: boolean }[] {
  const known = [...names].sort((a, b) => b.length - a.length).map(escaped);
  if (known.length === 0) return [{ text, isName: false }];
  return text
    .split(new RegExp(`(@(?:${known.join("|")})(?![\\p{L}\\p{M}\\d]))`, "u"))
    .map((piece, index) => ({ text: piece, isName: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

const escaped = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
