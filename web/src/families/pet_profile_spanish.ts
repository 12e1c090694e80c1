import type { say } from "./pet_profile_english";

export const spanish: typeof say = {
  changePicture: "Cambiar la foto",
  choosePicture: "Elegir una foto",
  notAWeight: "Indique el peso en kilogramos, como 12,5, o déjelo en blanco.",
  removePicture: "Quitar",
  save: "Guardar",
  saved: (pet: string) => `Se han guardado los datos de ${pet}`,
  unreadable: "No se ha podido leer esta foto. Elija otra.",
  weight: "Peso en kg (si lo sabe)",
};
