import type { say } from "./chat_english";

export const spanish: typeof say = {
  aboutNoPet: "sobre ninguna mascota en particular",
  aboutPet: (pet: string) => `sobre ${pet}`,
  addFile: "Añadir una foto, un vídeo o un PDF",
  addPetToWrite: (clinic: string) =>
    `Para escribir aquí a ${clinic}, añada su mascota y conéctela. Hasta entonces puede leer lo escrito, o llamar.`,
  askedToTreat: (clinic: string) =>
    `Se ha pedido a ${clinic} que atienda a su mascota. Podrá escribir aquí en cuanto acepten.`,
  beforeFirst: "Antes de su primer mensaje, lea por favor cómo funciona la mensajería.",
  beforeYouMessage: "Antes de escribir",
  callNumber: (number: string) => `Llamar al ${number}`,
  camera: "Cámara",
  change: ", cambiar",
  chatIsOff: (clinic: string) => `${clinic} ha desactivado su chat en la aplicación. Puede seguir leyendo lo escrito.`,
  chosen: "elegida",
  connectPet: (pet: string) => `Conectar a ${pet}`,
  connectPetToWrite: (clinic: string) =>
    `Para escribir aquí, conecte su mascota con ${clinic}. Alguien de allí acepta, y entonces podrá escribir.`,
  declinedToTreat: (clinic: string) => `${clinic} no ha aceptado. Llame si cree que es un error.`,
  emergency: "Urgencias",
  emergencyAt: (clinic: string) => `${clinic}, urgencias`,
  emergencyCallClinic: "En una urgencia, llame a la clínica.",
  emergencyCallNumber: "En una urgencia, llame al:",
  emergencyElsewhere: "En una urgencia, llame a un hospital veterinario cercano.",
  emergencyNow: "Urgencias:",
  emergencyWarning:
    "Si su mascota sufre una urgencia médica, NO espere respuesta a un mensaje. Llame de inmediato a su veterinario o a un hospital veterinario de urgencias.",
  filmVideo: "Grabar un vídeo",
  forSome: (clinic: string) =>
    `${clinic} solo chatea en la aplicación con algunos de sus clientes. Puede seguir leyendo lo escrito.`,
  loadingTerms: "Cargando lo que debe saber antes de escribir",
  message: "Mensaje",
  messageClinic: (clinic: string) => `Mensaje para ${clinic}`,
  noLongerTreated: (clinic: string) =>
    `${clinic} ya no atiende aquí a ninguna de sus mascotas. Puede seguir leyendo lo que se escribió.`,
  noPetInParticular: "Ninguna mascota en particular",
  notTaken: (practice: string) => `${practice} no acepta aquí mensajes suyos.`,
  photosAndVideos: "Fotos y vídeos",
  readItNow: "Leerlo ahora",
  send: "Enviar",
  someoneReplying: "Alguien del equipo está respondiendo",
  switchedOff: (practice: string) => `${practice} ha desactivado el chat para usted. Puede seguir leyendo lo escrito.`,
  understood: "Lo he entendido, continuar",
  versionKept: (version: string, clinic: string) =>
    `Versión ${version} · ${clinic} guarda constancia de cuándo lo aceptó`,
  wayThere: "Cómo llegar",
  wayTo: (clinic: string) => `Cómo llegar a ${clinic}`,
  writingAbout: "Lo que escriba ahora es sobre",
};
