import type { say } from "./files_english";

export const spanish: typeof say = {
  photoOnItsWay: "La foto está en camino",
};
