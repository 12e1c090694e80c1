import { type Language, preferred, speak, type Translation } from "$/platform/language";

const SHELF = "pawline language";

/** Before the first screen is drawn. */
export async function startLanguage(): Promise<void> {
  const wanted = preferred(chosen(), navigator.languages);
  try {
    use(wanted, await wordsOf(wanted));
  } catch {
    use("en", null); // without a network on the first visit: English is built in
  }
}

/** Keep the choice on this device and open the page anew, so that a screen reader changes its voice as well. Throws offline. */
export async function chooseLanguage(language: Language): Promise<void> {
  await wordsOf(language);
  try {
    localStorage.setItem(SHELF, language);
  } catch {
    // Storage may be refused; then the browser's language decides.
  }
  location.reload();
}

async function wordsOf(language: Language): Promise<Translation | null> {
  return language === "en" ? null : (await import("./all_spanish")).translation;
}

function use(language: Language, words: Translation | null): void {
  speak(language, words);
  document.documentElement.lang = language;
  // What the phone shows when the app is put on its home screen.
  const manifest = language === "en" ? "/owner.webmanifest" : `/owner.${language}.webmanifest`;
  document.querySelector("link[rel=manifest]")?.setAttribute("href", manifest);
}

function chosen(): string | null {
  try {
    return localStorage.getItem(SHELF);
  } catch {
    return null;
  }
}
