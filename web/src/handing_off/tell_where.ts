/** What the family is told when another clinic goes on with them. */
export function whereToGoOn(clinicName: string, isByText: boolean): string {
  const who = `Our colleagues at ${clinicName} are looking after this now`;
  return isByText
    ? `${who} and will be in touch with you.`
    : `${who}. You can write to them here in the app, at ${clinicName}.`;
}
