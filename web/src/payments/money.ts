import { locale } from "$/platform/language";

const AMOUNT = /^(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+)(?:([.,])(\d{1,2}))?$/;
const formats = new Map<string, Intl.NumberFormat>();

/** `€45.00` in English, `45,00 €` in Spanish. Amounts count the smallest unit of the currency (ISO 4217). */
export function money(amountMinor: number, currency: string): string {
  const key = `${locale()} ${currency}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale(), { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    formats.set(key, format);
  }
  return format.format(amountMinor / 10 ** hundredths(format));
}

/** The sign alone, to stand beside a field. */
export function signOf(currency: string): string {
  const format = new Intl.NumberFormat(locale(), { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return format.formatToParts(0).find((part) => part.type === "currency")?.value ?? currency;
}

/** What somebody typed, in the smallest unit: `45`, `45.5`, `45,50` and `1,250.00`. `null`: not an amount, or not for sure. */
export function readAmount(typed: string): number | null {
  const found = AMOUNT.exec(typed.replace(/\s/g, ""));
  if (found === null) return null;
  const [, whole = "", point, cents = ""] = found;
  const groupedBy = /[.,]/.exec(whole)?.[0];
  if (point !== undefined && point === groupedBy) return null;
  return Number(whole.replace(/[.,]/g, "")) * 100 + Number(cents.padEnd(2, "0"));
}

function hundredths(format: Intl.NumberFormat): number {
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
