/** The token after "#token=". It stands behind the "#" so that no server or proxy on the way logs it. */
export function tokenInAddress(hash: string = location.hash): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") || null;
}
