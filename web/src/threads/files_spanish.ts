import { plural } from "$/platform/language";
import type { say } from "./files_english";

export const spanish: typeof say = {
  files: (count: number) => plural(count, { one: "Archivo", other: "# archivos" }),
  papers: (count: number) => plural(count, { one: "PDF", other: "# PDF" }),
  photos: (count: number) => plural(count, { one: "Foto", other: "# fotos" }),
  pictures: "Fotos",
  picturesNeedNetwork: "No se han podido cargar las fotos. Vuelva a intentarlo cuando tenga conexión.",
  picturesOf: (pet: string) => `Fotos de ${pet}`,
  videos: (count: number) => plural(count, { one: "Vídeo", other: "# vídeos" }),
  voiceNotes: (count: number) => plural(count, { one: "Nota de voz", other: "# notas de voz" }),
};
