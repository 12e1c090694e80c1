/** A mobile number was typed, and no e-mail address: digits, and what people write between them. */
export function isNumber(typed: string): boolean {
  return /^[+\d\s().\-/]+$/.test(typed.trim()) && typed.replace(/\D/g, "").length >= 5;
}
