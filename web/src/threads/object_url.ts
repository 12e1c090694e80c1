const urls = new WeakMap<Blob, string>();

/** An address for what only this page has; the same one each time, for as long as the page lives. */
export function objectUrl(blob: Blob): string {
  const known = urls.get(blob);
  if (known !== undefined) return known;
  const url = URL.createObjectURL(blob);
  urls.set(blob, url);
  return url;
}
