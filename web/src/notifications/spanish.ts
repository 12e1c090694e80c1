import type { say } from "./english";

export const spanish: typeof say = {
  addToHomeScreen:
    "Para recibir avisos también en este dispositivo, añada Pawline a la pantalla de inicio y ábrala desde allí.",
  blockedHere:
    "Los avisos de Pawline están bloqueados en este dispositivo. Permítalos en los ajustes de su navegador para recibirlos aquí.",
  cannotShow: "Este navegador no puede mostrar avisos.",
  emailMe: "Enviarme un correo si no he leído un mensaje pasados 3 minutos",
  loading: "Cargando cómo le avisamos de los mensajes",
  noEmail: "Su clínica no tiene su dirección de correo. Pídale que la añada y podremos avisarle por correo.",
  offer:
    "Este dispositivo puede avisarle en cuanto llegue un mensaje, también con Pawline cerrada. Muestra la clínica, su mascota y el importe de un pago, nunca lo que se ha escrito.",
  shows: "Muestra la clínica, su mascota y el importe de un pago, nunca lo que se ha escrito.",
  tellMe: "Activar los avisos",
  tellMeHere: "Avisarme de los mensajes nuevos en este dispositivo",
  to: (email: string) => `A ${email}`,
  unreachable: "Este navegador no ha podido conectar con su servicio de avisos. Vuelva a intentarlo más tarde.",
};
