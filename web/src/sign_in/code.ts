export const CODE_LENGTH = 6;

/** The digits of what was typed or pasted, be it "123 456" or "Your code: 123-456". */
export function codeIn(typed: string): string {
  return typed.replace(/\D/g, "").slice(0, CODE_LENGTH);
}
