import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

export type Source = { file: string; text: string };

const SOURCES = resolve(import.meta.dirname, "..");
const IMPORTED = /(?:from\s+|import\s*\(\s*|import\s+)"((?:\$|\.)[^"]*)"/g;

/** A file of ours and all that it imports, at once or later. */
export function sourcesFrom(entry: string): Source[] {
  const found = new Map<string, string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    const text = readFileSync(file, "utf8");
    found.set(file, text);
    for (const [, specifier = ""] of text.matchAll(IMPORTED)) {
      const imported = located(specifier, dirname(file));
      if (imported !== null) follow(imported);
    }
  };
  follow(entry);
  return [...found].map(([file, text]) => ({ file: file.slice(SOURCES.length + 1), text }));
}

function located(specifier: string, folder: string): string | null {
  const path = specifier.startsWith("$") ? resolve(SOURCES, specifier.slice(2)) : resolve(folder, specifier);
  const spellings = [path, `${path}.ts`, `${path}.svelte.ts`];
  return spellings.find((each) => /\.(ts|svelte)$/.test(each) && existsSync(each)) ?? null;
}
