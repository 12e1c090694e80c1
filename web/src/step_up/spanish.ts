import type { say } from "./english";

export const spanish: typeof say = {
  anotherCode: "Enviar otro código",
  confirm: "Confirmar",
  isItYou: "Confirme que es usted",
  orCode: "Prefiero recibir un código",
  sending: "Le estamos enviando un código…",
  sentTo: (place: string) => `Hemos enviado un código a ${place}. Sirve durante 15 minutos.`,
  textedTo: (place: string) => `Hemos enviado un código por SMS a su número ${place}. Sirve durante 15 minutos.`,
  why: "Esto da acceso a su familia o a su cuenta. Cuando lo confirme, seguirá sin que haga nada más.",
};
