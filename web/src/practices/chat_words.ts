/** What the change does to clients who use the app and are not chosen. */
export function shutOut(others: number, clinicName: string): string {
  if (others === 0)
    return `Every client of ${clinicName} who uses the app and may chat is chosen, so nobody is kept from writing.`;
  const who = others === 1 ? "1 client who uses" : `${others} clients who use`;
  return `${who} the app will no longer be able to write to ${clinicName} there.`;
}
