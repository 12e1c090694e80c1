import { type Language, speak } from "$/platform/language";

/** From now on; without a network English, which is built in. Returns what is spoken. */
export async function speakTo(language: Language): Promise<Language> {
  const words = language === "en" ? null : await import("$/owner/all_spanish").catch(() => null);
  const spoken = words === null ? "en" : language;
  speak(spoken, words?.translation ?? null);
  document.documentElement.lang = spoken;
  return spoken;
}
