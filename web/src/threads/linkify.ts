export type TextPart = { text: string; href: string | null };

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]']/g;

/** Cut a text into plain parts and web addresses. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null });
    parts.push({ text: match[0], href: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null });
  return parts;
}
