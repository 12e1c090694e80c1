import type { say } from "./staff_english";

export const spanish: typeof say = {
  back: "Volver",
  chooseAnotherLater: "Trabaja en más de una. Puede cerrar sesión y elegir la otra más tarde.",
  email: "Correo electrónico",
  endedElsewhere: "Se cerró su sesión desde otro dispositivo. En este no queda nada de la bandeja de entrada.",
  forgotten: "¿La ha olvidado? Quien administra su clínica puede enviarle un enlace nuevo.",
  forTeam: "Para el equipo de la clínica.",
  hidePassword: "Ocultar la contraseña",
  isShared: "Este es un ordenador compartido de recepción",
  locksByItself: "Se bloquea si nadie lo toca durante 10 minutos.",
  password: "Contraseña",
  sessionEnded:
    "Su sesión ha terminado. Inicie sesión de nuevo. Lo que aún no ha enviado se guarda para usted en este dispositivo.",
  showPassword: "Mostrar la contraseña",
  signIn: "Iniciar sesión",
  signInToInbox: "Inicie sesión en la bandeja de entrada",
  tooManyTries: (wait: string) => `Demasiados intentos. Espere ${wait} y vuelva a intentarlo.`,
  whichPractice: "¿En qué consulta hoy?",
};
