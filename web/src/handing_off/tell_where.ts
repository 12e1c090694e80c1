type Way = { isByText: boolean; isConnected: boolean };

/** What the family is told when another clinic goes on with them, to which they may not be able to write in the app. */
export function whereToGoOn(clinicName: string, { isByText, isConnected }: Way): string {
  const who = `Our colleagues at ${clinicName} are looking after this now`;
  return isByText || !isConnected
    ? `${who} and will be in touch with you.`
    : `${who}. You can write to them here in the app, at ${clinicName}.`;
}
