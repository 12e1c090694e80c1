/** Where the phone's own maps show the address; on a computer, a map that asks nobody to sign in. */
export function mapsAddress(address: string, browser: string = navigator.userAgent): string {
  const place = encodeURIComponent(address);
  if (/Android/.test(browser)) return `geo:0,0?q=${place}`;
  if (/iPhone|iPad|Macintosh/.test(browser)) return `https://maps.apple.com/?q=${place}`;
  return `https://www.openstreetmap.org/search?query=${place}`;
}
