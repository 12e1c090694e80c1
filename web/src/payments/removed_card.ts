// As in platform/card_numbers.py: with a space that no keyboard gives.
const REMOVED = /••••\u00a0\d{4}/;

/** Whether the server took a card number out of these words, all but its last four digits. */
export const hasRemovedCard = (body: string): boolean => REMOVED.test(body);
