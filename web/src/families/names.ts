/** `Okafor` → `Okafor family`, as the team says it; a name that says so already stays. */
export function familyTitle(name: string): string {
  return /\bfamily\b/i.test(name) ? name : `${name} family`;
}
