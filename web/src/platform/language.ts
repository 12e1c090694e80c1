/** The owner's app in two languages. English is built in; the other comes as one file of its own, when it is wanted. */
export const LANGUAGES = { en: "English", es: "Español" } as const;
/** As the team reads of them. */
export const ENGLISH_NAMES = { en: "English", es: "Spanish" } as const;
export type Language = keyof typeof LANGUAGES;

/** What a language says instead, by the names of the catalogues. */
export type Translation = {
  catalogues: Record<string, object>;
  ofServer: (english: string, code: string) => string | null;
};

type Catalogue = { english: object; said: object };

const known = new Map<string, Catalogue>();
let current: Language = "en";
let translation: Translation | null = null;
let plurals = new Intl.PluralRules("en");

/** The words of one part of the app, in the language of the moment. Read them when they are shown, not when a file is loaded. */
export function catalogue<T extends object>(name: string, english: T): T {
  const said = { ...english, ...translation?.catalogues[name] };
  known.set(name, { english, said });
  return said;
}

/** From now on; what is on the screen already stays as it is. */
export function speak(language: Language, words: Translation | null): void {
  current = language;
  translation = words;
  plurals = new Intl.PluralRules(language);
  for (const [name, { english, said }] of known) Object.assign(said, english, words?.catalogues[name]);
}

export function language(): Language {
  return current;
}

/** For dates and numbers. */
export function locale(): string {
  return current === "en" ? "en-GB" : current;
}

/** The form that fits the number, which takes the place of each `#`. */
export function plural(count: number, forms: { one: string; other: string }): string {
  const form = plurals.select(count) === "one" ? forms.one : forms.other;
  return form.replaceAll("#", String(count));
}

/** A sentence of the server's; one that nobody has translated stays as it is. `code`: of the refusal that it explains. */
export function ofServer(english: string, code = ""): string {
  return translation?.ofServer(english, code) ?? english;
}

/** What was chosen on this device, else the first of the browser's languages that we speak. */
export function preferred(chosen: string | null, browsers: readonly string[]): Language {
  const wanted = [chosen, ...browsers].map((tag) => tag?.slice(0, 2).toLowerCase());
  return wanted.find((tag): tag is Language => tag !== undefined && tag in LANGUAGES) ?? "en";
}
