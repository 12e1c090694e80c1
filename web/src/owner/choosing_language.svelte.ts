import { LANGUAGES, type Language, language } from "$/platform/language";
import { chooseLanguage } from "./language";

export const LANGUAGE_NAMES = Object.entries(LANGUAGES) as [Language, string][];

/** One press on a language. The page opens anew if it works; without a network it stays as it was. */
export class ChoosingLanguage {
  chosen = $state(language());
  isOffline = $state(false);

  async choose(wanted: Language): Promise<void> {
    this.chosen = wanted;
    this.isOffline = false;
    try {
      await chooseLanguage(wanted);
    } catch {
      this.chosen = language();
      this.isOffline = true;
    }
  }
}
