import type { say } from "./pet_life_english";

export const spanish: typeof say = {
  about: (pet: string) => `Sobre ${pet}`,
  correctDeath: (pet: string) => `Cuándo falleció ${pet}`,
  diedOn: (pet: string) => `${pet} falleció el`,
  hasDied: (pet: string) =>
    `Si ${pet} ha fallecido, puede decirlo aquí. Ya no se enviarán recordatorios sobre ${pet}. Los mensajes y las fotos se quedan donde están.`,
  itHasDied: (pet: string) => `${pet} ha fallecido`,
  lives: (pet: string) => `${pet} vive`,
  mayCorrect: (pet: string) =>
    `No se envían recordatorios sobre ${pet}. Aquí puede corregir el día, o deshacerlo si fue un error.`,
  save: "Guardar",
  sorry: (pet: string) => `Lo sentimos mucho. Los mensajes y las fotos de ${pet} se quedan aquí.`,
  thatDay: (why: string) => `Ese día ${why}.`,
  takenBack: (pet: string) => `Deshecho: ${pet} vive.`,
};
