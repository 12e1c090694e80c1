/**
 * How a screen speaks of picking clients. For those who hear buttons out of their place `choose` follows "Choose a client",
 * and `for` what stands on those of a client.
 */
export interface PickingWords {
  title: string;
  none: string;
  choose: string;
  add: string;
  done: string;
  remove: string;
  for: (name: string) => string;
}
