/** What the composer can say about a text before the server does. Pure. */
import { countSegments, lengthOf, plain, type Segments } from "./segments";

export const LONGEST_TEXT = 1600;
/** Of the words that say why no file can be attached. */
export const NO_FILES_ID = "no-files-by-text";
const NAMED = 3;
/** What people call the usual suspects, some of which cannot be seen. */
const NAMES = new Map([
  ["\u2018", "a curly apostrophe (\u2018)"],
  ["\u2019", "a curly apostrophe (\u2019)"],
  ["\u201c", "a curly quote (\u201c)"],
  ["\u201d", "a curly quote (\u201d)"],
  ["\u2013", "a dash (\u2013)"],
  ["\u2014", "a long dash (\u2014)"],
  ["\u2026", "the three-dot sign (\u2026)"],
  ["\t", "a tab"],
  ["\u00a0", "a fixed space"],
  ["\u202f", "a narrow space"],
  ["\u200b", "an invisible space"],
  ["\u2028", "a special line break"],
]);

export type EncodingNote = { words: string; canReplace: boolean };

/** Which characters make a text dear, and what plain ones would save; `null` while it costs nothing more. */
export function encodingNote(text: string): EncodingNote | null {
  const counted = countSegments(text);
  if (counted.encoding === "gsm7") return null;
  const canReplace = counted.forcing.some((each) => each.plain !== null);
  const { count } = countSegments(canReplace ? plain(text) : text);
  const saving = count < counted.count ? ` Plain, it takes ${count} instead of ${counted.count}.` : "";
  const verb = counted.forcing.length === 1 ? "leaves" : "leave";
  return { words: `${nameAll(counted.forcing)} ${verb} room for 70 characters instead of 160.${saving}`, canReplace };
}

export function isTooLong(text: string): boolean {
  return lengthOf(text) > LONGEST_TEXT;
}

/** With the practice's name in front, unless it is in the text already (V2P-90). */
export function withName(text: string, name: string): string {
  return name === "" || text.includes(name) ? text : `${name}: ${text}`;
}

function nameAll(forcing: Segments["forcing"]): string {
  const named = forcing.slice(0, NAMED).map(({ character }) => nameOf(character));
  const rest = forcing.length - named.length;
  const words = [...named, ...(rest > 0 ? [`${rest} more`] : [])];
  const last = words.pop() ?? "";
  const all = words.length === 0 ? last : `${words.join(", ")} and ${last}`;
  return all.charAt(0).toUpperCase() + all.slice(1);
}

function nameOf(character: string): string {
  const isBlank = /^[\p{Z}\p{C}]$/u.test(character);
  return NAMES.get(character) ?? (isBlank ? "an invisible character" : `“${character}”`);
}
