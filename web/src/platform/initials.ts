const TITLES = new Set(["dr", "mr", "mrs", "ms", "prof", "the", "family", "and", "of"]);

/** One or two letters for a name: `Olive Okafor` → OO, `Dr Vane` → V, `Okafor family` → O; ? for a number. */
export function initialsOf(name: string): string {
  if (/(^|\s)\+\d/.test(name)) return "?";
  const words = name.split(/[\s–-]+/).filter((word) => word !== "" && !TITLES.has(word.replace(".", "").toLowerCase()));
  const first = words[0] ?? name;
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return ([...first][0] ?? "?").toUpperCase() + ([...last][0] ?? "").toUpperCase();
}

/** A number from 0 to `count` - 1 that stays the same for an id. */
export function stableIndex(id: string, count: number): number {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return hash % count;
}
