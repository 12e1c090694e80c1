/** Somebody who texted and has no name yet is kept under their number. */
export function isGuest(familyName: string): boolean {
  return familyName.startsWith("Guest +");
}

/** `Okafor` → `Okafor family`, as the team says it; a name that says so already stays. */
export function familyTitle(name: string): string {
  return isGuest(name) || /\bfamily\b/i.test(name) ? name : `${name} family`;
}

/** The first of several names; a guest's number stays whole. */
export function nickname(name: string): string {
  return name.startsWith("+") ? name : (name.split(" ")[0] ?? name);
}
