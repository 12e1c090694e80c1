/** The address that makes a phone dial the number. */
export function callAddress(number: string): string {
  return `tel:${number.replace(/[^+\d]/g, "")}`;
}

/** The number in groups, as one reads it out: "+44 2079 460 199", "(415) 555-0199". */
export function spokenNumber(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (american) return `(${american[1]}) ${american[2]}-${american[3]}`;
  const foreign = /^\+(\d{2})(\d{3,4})(\d{3})(\d{3})$/.exec(number);
  return foreign ? `+${foreign.slice(1).join(" ")}` : number;
}
