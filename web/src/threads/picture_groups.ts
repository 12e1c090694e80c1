import type { PetPicture } from "$/platform/types";

export type PictureGroup = { id: string; title: string; pictures: PetPicture[] };

/** The latest conversation first; its pictures from its first day on, as a wound heals. */
export function groupPictures(newestFirst: PetPicture[]): PictureGroup[] {
  const groups = new Map<string, PictureGroup>();
  for (const picture of newestFirst) {
    const { conversation_id: id, title } = picture;
    const group = groups.get(id) ?? { id, title, pictures: [] };
    groups.set(id, group);
    group.pictures.unshift(picture);
  }
  return [...groups.values()];
}

/** Choose a picture to compare, or let go of it; a third takes the place of the one chosen first. */
export function choose(chosen: PetPicture[], picture: PetPicture): PetPicture[] {
  const id = picture.attachment.id;
  const others = chosen.filter((each) => each.attachment.id !== id);
  return others.length < chosen.length ? others : [...others, picture].slice(-2);
}

/** As they are shown side by side: earlier on the left. */
export function inOrder(chosen: PetPicture[]): PetPicture[] {
  return [...chosen].sort((a, b) => Date.parse(a.sent_at) - Date.parse(b.sent_at));
}
