import { catalogue, plural } from "$/platform/language";

export const say = catalogue("files", {
  files: (count: number) => plural(count, { one: "File", other: "# files" }),
  papers: (count: number) => plural(count, { one: "PDF", other: "# PDFs" }),
  photos: (count: number) => plural(count, { one: "Photo", other: "# photos" }),
  pictures: "Pictures",
  picturesNeedNetwork: "The pictures could not be loaded. Try again when you are online.",
  picturesOf: (pet: string) => `Pictures of ${pet}`,
  videos: (count: number) => plural(count, { one: "Video", other: "# videos" }),
  voiceNotes: (count: number) => plural(count, { one: "Voice note", other: "# voice notes" }),
});
