import { afterEach, describe, expect, it } from "vitest";
import { speak } from "$/platform/language";
import { money, readAmount, signOf } from "./money";

afterEach(() => speak("en", null));

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("money (PA-18)", () => {
  it("is written as people write it, in both languages", () => {
    expect([money(4500, "EUR"), money(125000, "USD"), signOf("GBP")]).toEqual(["€45.00", "$1,250.00", "£"]);
    speak("es", null);
    expect([plain(money(4500, "EUR")), plain(money(1250000, "EUR"))]).toEqual(["45,00 €", "12.500,00 €"]);
  });

  it("is read as people type it, and not at all where it could be two amounts", () => {
    const typed = ["45", "45.5", "45,50", " 1,250.00 ", "1.250,00", "1,250", "0.99", "20 000"];
    expect(typed.map(readAmount)).toEqual([4500, 4550, 4550, 125000, 125000, 125000, 99, 2000000]);
    expect(["", "abc", "45.555.5", "4,5,0", "-5", "45€", "1e3", ".50"].map(readAmount)).toEqual(Array(8).fill(null));
  });
});
