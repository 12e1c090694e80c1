const PAID = "paid";

/** Whether this page was opened by somebody who comes from paying this; asked once. */
export function isBackFromPaying(messageId: string): boolean {
  const address = new URL(location.href);
  if (address.searchParams.get(PAID) !== messageId) return false;
  address.searchParams.delete(PAID);
  history.replaceState(history.state, "", address.pathname + address.search + address.hash);
  return true;
}
