import { expect, it } from "vitest";
import { readJpegHeader } from "./photo_header";

const word = (value: number) => [value >> 8, value & 255];
const text = (value: string) => [...value].map((each) => each.charCodeAt(0));
const segment = (marker: number, content: number[]) => [0xff, marker, ...word(content.length + 2), ...content];
const frame = segment(0xc2, [8, ...word(3024), ...word(4032), 3, 1, 34, 0, 2, 17, 1, 3, 17, 1]);
const jpeg = (...parts: number[][]) =>
  Uint8Array.from([0xff, 0xd8, ...parts.flat(), 0xff, 0xda, 0, 0, 0, 0, 0, 0, 0, 0]);
const jfif = segment(0xe0, [...text("JFIF"), 0, 1, 2, 0, 0, 1, 0, 1, 0, 0]);

it("reads the size of a picture that is nothing but a picture", () => {
  const profile = segment(0xe2, [...text("ICC_PROFILE"), 0, 1, 1]);

  expect(readJpegHeader(jpeg(jfif, profile, frame))).toEqual({ width: 4032, height: 3024, hasNotes: false });
});

it.each([
  ["EXIF or XMP", segment(0xe1, [...text("Exif"), 0, 0])],
  ["pictures beside the picture", segment(0xe2, [...text("MPF"), 0])],
  ["Photoshop's notes", segment(0xed, text("Photoshop 3.0"))],
  ["a comment", segment(0xfe, text("Pixel at home"))],
])("finds %s", (_, note) => {
  expect(readJpegHeader(jpeg(jfif, note, frame))?.hasNotes).toBe(true);
});

it.each([
  ["another kind", Uint8Array.from(text("%PDF-1.7 and so on"))],
  ["nothing", new Uint8Array()],
  ["one whose size lies beyond what was read", jpeg(jfif)],
])("leaves %s alone", (_, bytes) => {
  expect(readJpegHeader(bytes)).toBeNull();
});
