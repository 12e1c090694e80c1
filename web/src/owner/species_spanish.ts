import type { species } from "./species_english";

export const spanish: typeof species = {
  bird: "Ave",
  cat: "Gato",
  dog: "Perro",
  fish: "Pez",
  horse: "Caballo",
  other: "Otro animal",
  rabbit: "Conejo",
  turtle: "Tortuga",
};
