/** What can be pressed in a text: web addresses, e-mail addresses and telephone numbers. Nothing is fetched for it. Pure. */
import { LinkifyIt } from "linkify-it";

export type TextPart = { text: string; href: string | null };

/** Without `http` only what begins with `www.`: after a full stop without a space "limps.It" would be a site in Italy. */
const addresses = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: true })
  .add("ftp:", null)
  .add("//", null)
  .add("www.", {
    validate: (text, position, self) => {
      const length = self.testSchemaAt(`//${text.slice(position)}`, "https:", 0) - 2;
      const [host = ""] = text.slice(position, position + length).split(/[/?#:]/);
      return length > 0 && host.includes(".") ? length : 0;
    },
    normalize: (match) => {
      match.url = `http://${match.url}`;
    },
  });

/**
 * With the country's code alone, and with single signs between the digits: a wrong guess would ring a stranger.
 * North American numbers have ten digits after it; of others at most thirteen in all are taken, the last two together.
 */
const GAP = String.raw`(?:[ .-]?\(|\)[ .-]?|[ .-])?`;
const DIGITS = String.raw`1(?:${GAP}\d){10}|[2-9](?:${GAP}\d){5,10}${GAP}\d\d`;
const PHONE = new RegExp(String.raw`(?<![\p{L}\d+@/.-])\+(?:${DIGITS})(?![\p{L}\d]|[ .-]\d)`, "gu");

/** Cut a text into plain parts and those that lead somewhere. */
export function linkify(text: string): TextPart[] {
  const found = (addresses.match(text) ?? []).map(({ index, lastIndex, url }) => ({ index, lastIndex, href: url }));
  return cut(text, found).flatMap((part) => (part.href === null ? cut(part.text, phonesIn(part.text)) : [part]));
}

type Found = { index: number; lastIndex: number; href: string };

function phonesIn(text: string): Found[] {
  return [...text.matchAll(PHONE)].map(({ 0: number, index }) => ({
    index,
    lastIndex: index + number.length,
    href: `tel:+${number.replaceAll(/\D/g, "")}`,
  }));
}

function cut(text: string, found: Found[]): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { index, lastIndex, href } of found) {
    if (index > from) parts.push({ text: text.slice(from, index), href: null });
    parts.push({ text: text.slice(index, lastIndex), href });
    from = lastIndex;
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null });
  return parts;
}
