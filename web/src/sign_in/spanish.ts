import { plural } from "$/platform/language";
import type { say } from "./english";

export const spanish: typeof say = {
  address: "Correo o teléfono móvil",
  anotherEmail: "Usar otro correo",
  anotherNumber: "Usar otro número",
  codeOnItsWay: (address: string, minutes: number) =>
    `Si ${address} consta en su clínica, ya le hemos enviado un código. Sirve durante ${minutes} minutos.`,
  demo: "Esto es la demostración. Entrar como",
  enterAddress:
    "Escriba el correo o el móvil que su clínica tiene de usted. Le enviamos un código: no hay contraseña que recordar.",
  linkWorksOnce: "Pulse el botón y verá sus mascotas. El enlace sirve una vez.",
  lookAtTexts: "Mire sus SMS",
  lookInEmail: "Mire su correo",
  messageYourVet: "Escriba a su veterinario",
  minutes: (count: number) => plural(count, { one: "1 minuto", other: "# minutos" }),
  noText: "¿No hay SMS? Si ha dado de baja los SMS de su clínica, use su correo.",
  nothingThere: (wait: string) => `¿No ha llegado? Podrá pedir otro en ${wait}.`,
  seconds: (count: number) => plural(count, { one: "1 segundo", other: "# segundos" }),
  sendAnotherCode: "Enviar otro código",
  sendCode: "Enviarme un código",
  sendCodeInstead: "Prefiero recibir un código",
  sessionEnded:
    "Su sesión ha terminado. Inicie sesión de nuevo. Lo que aún no ha enviado se guarda en este dispositivo.",
  sharedNumber: "Varias personas comparten este número. ¿No es ninguna de ellas? Pida a la clínica que le añada.",
  signIn: "Iniciar sesión",
  signInHere: "Iniciar sesión en este dispositivo",
  sixDigitCode: "Código de 6 cifras",
  whoAreYou: "¿Quién es usted?",
};
