import { expect, test } from "vitest";
import { filesInWords } from "./file_kinds";

const photo = { media_type: "image/jpeg" };
const video = { media_type: "video/mp4" };
const pdf = { media_type: "application/pdf" };

test.each([
  [[photo], "Photo"],
  [[photo, { media_type: "image/gif" }], "2 photos"],
  [[video], "Video"],
  [[video, video], "2 videos"],
  [[pdf], "PDF"],
  [[photo, video, pdf], "3 files"],
])("a list says what came with a message: %o", (files, words) => {
  expect(filesInWords(files)).toBe(words);
});
