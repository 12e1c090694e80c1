/** The e-mail address that a line speaks of; empty where there is none. */
export function addressIn(words: string): string {
  return /[^\s@]+@[^\s@]+\.[^\s@.,]+/.exec(words)?.[0] ?? "";
}
