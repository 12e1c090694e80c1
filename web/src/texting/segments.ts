/** Segments: the pieces that a text travels in, and by which phone companies bill. The same as the server counts. */

// 3GPP TS 23.038, 6.2.1: the default alphabet, one septet each. 6.2.1.1: its extension table, an escape and a septet.
const GSM_BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ" +
    " !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§" +
    "¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const GSM_EXTENSION = new Set("^{}\\[~]|€\f");

// What phones and word processors put in by themselves, and what people would type. Letters stay: they are somebody's name.
const PLAIN = new Map<string, string>([
  ...each("\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc\u02b9\u00b4\u0060", "'"),
  ...each("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
  ...each("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
  ...each("\u2022\u00b7\u25cf\u25aa", "-"),
  ...each("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "),
  ...each("\u2028\u2029", "\n"),
  ...each("\u00ad\u200b\u2060\ufeff", ""),
  ["\u2026", "..."],
  ["\u2044", "/"],
  ["\u00d7", "x"],
]);

type Blame = { character: string; plain: string | null };

/** `units`: septets, or 16-bit units in UCS-2. `forcing`: the characters to blame for UCS-2, in their order. */
export type Segments = { encoding: "gsm7" | "ucs2"; units: number; count: number; forcing: Blame[] };

/**
 * How many segments `text` needs; none for an empty text.
 *
 * GSM-7: 160 septets alone, 153 each when split. Any other character turns all of it to UCS-2: 70, then 67 units.
 * Source: 3GPP TS 23.038 and, for the header of split texts, 23.040, 9.2.3.24.1.
 */
export function countSegments(text: string): Segments {
  const characters = [...text];
  const forcing = [...new Set(characters)].filter((one) => !GSM_BASIC.has(one) && !GSM_EXTENSION.has(one));
  if (forcing.length > 0) {
    const blamed = forcing.map((character) => ({ character, plain: PLAIN.get(character) ?? null }));
    const widths = characters.map((one) => one.length);
    return { encoding: "ucs2", units: sum(widths), count: split(widths, 70, 67), forcing: blamed };
  }
  const widths = characters.map((one) => (GSM_EXTENSION.has(one) ? 2 : 1));
  return { encoding: "gsm7", units: sum(widths), count: split(widths, 160, 153), forcing: [] };
}

/** Room in as many segments as `counted` takes, in its units. */
export function roomIn(counted: Segments): number {
  const [alone, each] = counted.encoding === "gsm7" ? [160, 153] : [70, 67];
  return counted.count <= 1 ? alone : counted.count * each;
}

/** `text` with typographic characters as they are typed on a plain keyboard. */
export function plain(text: string): string {
  return [...text].map((one) => PLAIN.get(one) ?? one).join("");
}

/** As the server measures a text: an emoji is one. */
export function lengthOf(text: string): number {
  return [...text].length;
}

function split(widths: number[], alone: number, room: number): number {
  if (sum(widths) <= alone) return widths.length > 0 ? 1 : 0;
  let count = 1;
  let filled = 0;
  for (const width of widths) {
    if (filled + width > room) {
      count += 1;
      filled = 0;
    }
    filled += width;
  }
  return count;
}

function sum(widths: number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

function each(characters: string, instead: string): [string, string][] {
  return [...characters].map((character) => [character, instead]);
}
