/** `(3) Inbox · Northside Veterinary`, and a red dot on the tab's icon. */
export function showTitle(title: string, unread: number): void {
  document.title = unread > 0 ? `(${unread >= 100 ? "99+" : unread}) ${title}` : title;
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = unread > 0 ? "/favicon-unread.svg" : "/favicon.svg";
  if (icon !== null && !icon.href.endsWith(wanted)) icon.href = wanted;
}
