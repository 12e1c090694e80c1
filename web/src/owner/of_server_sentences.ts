/**
 * What the server says to families, and how one says it in Spanish. `{}` stands for what differs: a name, a number;
 * `{Call}` for what the server puts into the sentence from elsewhere.
 */
export const SENTENCES: [english: string, spanish: string][] = [
  // The clinic's light
  ["Staff are on duty and checking messages", "El equipo está de turno y atiende los mensajes"],
  ["Responses may be delayed", "Las respuestas pueden tardar"],
  ["The practice is closed; emergency contact info is shown", "Clínica cerrada; se muestran los datos de urgencias"],
  ["Usually replies within {an hour}", "Suele responder en una hora"],
  ["Usually replies within {a day}", "Suele responder en un día"],
  ["Usually replies within {} {minutes}", "Suele responder en {} minutos"],
  ["Usually replies within {} {hours}", "Suele responder en {} horas"],
  // Signing in
  ["Too many tries. Please wait {} {minute}.", "Demasiados intentos. Espere {} minuto."],
  ["Too many tries. Please wait {} {minutes}.", "Demasiados intentos. Espere {} minutos."],
  [
    "This code is not right, or it is too old. Check the latest e-mail, or ask for a new code.",
    "Este código no es correcto o ha caducado. Mire el último correo o pida un código nuevo.",
  ],
  [
    "This code is not right, or it is too old. Use the latest one, or ask for a new code.",
    "Este código no es correcto o ha caducado. Use el último o pida uno nuevo.",
  ],
  [
    "This link was used already or is too old. Ask for a new one.",
    "Este enlace ya se ha usado o ha caducado. Pida uno nuevo.",
  ],
  ["The e-mail address or the password is not right.", "El correo o la contraseña no es correcto."],
  [
    "This account is closed. Ask your practice if it should not be.",
    "Esta cuenta está cerrada. Pregunte a su clínica si no debería estarlo.",
  ],
  [
    "This page has been open since before you signed in. Reload it and try again.",
    "Esta página estaba abierta antes de que iniciara sesión. Vuelva a cargarla e inténtelo de nuevo.",
  ],
  ["Confirm that it is you first. We can send you a code.", "Confirme antes que es usted. Podemos enviarle un código."],
  [
    "Your practice has no e-mail address and no mobile number of yours. Ask them to add one.",
    "Su clínica no tiene ni su correo ni su móvil. Pida que los añadan.",
  ],
  [
    "Several people share this address. Say which of them you are.",
    "Varias personas comparten esta dirección. Diga quién es usted.",
  ],
  [
    "Several people share this number. Say which of them you are.",
    "Varias personas comparten este número. Diga quién es usted.",
  ],
  ["This passkey is in use already.", "Esta llave de acceso ya está en uso."],
  [
    "This passkey was not accepted. Try again, or ask for a code instead.",
    "Esta llave de acceso no se ha aceptado. Vuelva a intentarlo o pida un código.",
  ],
  [
    "That took too long, or it was begun in another browser. Please try again.",
    "Ha tardado demasiado o se empezó en otro navegador. Vuelva a intentarlo.",
  ],
  [
    "You have {} passkeys. Remove one that you do not use any more first.",
    "Tiene {} llaves de acceso. Quite antes una que ya no use.",
  ],
  [
    "Many people sign in from your network now. Please wait a few minutes.",
    "Ahora mismo entran muchas personas desde su red. Espere unos minutos.",
  ],
  // Joining
  [
    "We have sent you several codes already. Use the latest one, or wait a while before you ask again.",
    "Ya le hemos enviado varios códigos. Use el último o espere un rato antes de pedir otro.",
  ],
  [
    "Many codes were asked for from your network. Please wait a while, or use your phone's own connection.",
    "Se han pedido muchos códigos desde su red. Espere un rato o use la conexión de su teléfono.",
  ],
  [
    "This code is not valid any more. Ask the practice for a new one.",
    "Este código ya no es válido. Pida uno nuevo a la clínica.",
  ],
  [
    "This link is not complete, or it is not an invitation of ours. Open it again from where you got it.",
    "Este enlace no está completo o no es una invitación nuestra. Ábralo de nuevo desde donde lo recibió.",
  ],
  [
    "This invitation was used already. If that was you, sign in. If not, ask for a new one.",
    "Esta invitación ya se ha usado. Si fue usted, inicie sesión. Si no, pida una nueva.",
  ],
  ["This invitation has expired. Ask {} for a new one.", "Esta invitación ha caducado. Pida una nueva a {}."],
  [
    "This invitation was withdrawn. Ask {} if you think it should not have been.",
    "Esta invitación se ha retirado. Pregunte a {} si cree que es un error.",
  ],
  [
    "{} knows you, but has not opened the app for you. Please ask them to.",
    "{} tiene sus datos, pero no le ha abierto la app. Pídaselo, por favor.",
  ],
  [
    "This address belongs to another family at {}. Use a different one, or ask them to bring you together.",
    "Esta dirección es de otra familia de {}. Use otra o pida que las unan.",
  ],
  [
    "Only the first contact of your family can invite others. Ask them, or ask your practice.",
    "Solo el contacto principal de su familia puede invitar a otras personas. Pídaselo, o pregunte a su clínica.",
  ],
  [
    "{} invitations into this family were sent today. Please wait until tomorrow.",
    "Hoy ya se han enviado {} invitaciones a esta familia. Espere hasta mañana.",
  ],
  // Pets and vets
  [
    "This pet's invitation is still open. Withdraw it first, or wait for the answer.",
    "La invitación de esta mascota sigue abierta. Retírela antes o espere la respuesta.",
  ],
  [
    "This invitation was sent often enough. Call the clinic, or invite them with another address.",
    "Esta invitación ya se ha enviado bastantes veces. Llame a la clínica o invítela con otra dirección.",
  ],
  [
    "You have sent {} invitations today. Please wait until tomorrow.",
    "Hoy ha enviado {} invitaciones. Espere hasta mañana.",
  ],
  [
    "Your family has {} pets here. Ask your practice to add more.",
    "Su familia tiene aquí {} mascotas. Pida a su clínica que añada más.",
  ],
  // Messages and files
  [
    "Before your first message, please read how messaging works and agree to it.",
    "Antes de su primer mensaje, lea por favor cómo funciona la mensajería y acéptelo.",
  ],
  [
    "This has been reworded since you opened it. Please read it again.",
    "Este texto ha cambiado desde que lo abrió. Léalo de nuevo, por favor.",
  ],
  [
    "None of your pets is connected to this clinic any more. Please call the clinic.",
    "Ninguna de sus mascotas sigue conectada con esta clínica. Llame a la clínica, por favor.",
  ],
  [
    "{} is not connected to {}. Choose another pet or none, or ask the clinic to connect it.",
    "{} no está conectada con {}. Elija otra mascota o ninguna, o pida a la clínica que la conecte.",
  ],
  [
    "This connection is not in force, so there is nothing to end. Look at it again.",
    "Esta conexión no está en vigor, así que no hay nada que terminar. Mírelo de nuevo.",
  ],
  [
    "{} does not take messages from you here. {In an emergency call the clinic.}",
    "{} no acepta aquí mensajes suyos. En una urgencia, llame a la clínica.",
  ],
  [
    "{} does not take messages from you here. {In an emergency call} {}.",
    "{} no acepta aquí mensajes suyos. En una urgencia, llame al {}.",
  ],
  [
    "{} has switched chat off for you. You can still read what was written. {Please call the clinic.}",
    "{} ha desactivado el chat para usted. Puede seguir leyendo lo escrito. Llame a la clínica.",
  ],
  [
    "{} has switched chat off for you. You can still read what was written. {Please call} {}. {In an emergency call} {}.",
    "{} ha desactivado el chat para usted. Puede seguir leyendo lo escrito. Llame al {}. En una urgencia, llame al {}.",
  ],
  [
    "{} has switched chat off for you. You can still read what was written. {Please call} {}.",
    "{} ha desactivado el chat para usted. Puede seguir leyendo lo escrito. Llame al {}.",
  ],
  [
    "{} has switched off its chat in the app. You can still read what was written. {Please call the clinic.}",
    "{} ha desactivado su chat en la aplicación. Puede seguir leyendo lo escrito. Llame a la clínica.",
  ],
  [
    "{} has switched off its chat in the app. You can still read what was written. {Please call} {}. {In an emergency call} {}.",
    "{} ha desactivado su chat en la aplicación. Puede seguir leyendo lo escrito. Llame al {}. En una urgencia, llame al {}.",
  ],
  [
    "{} has switched off its chat in the app. You can still read what was written. {Please call} {}.",
    "{} ha desactivado su chat en la aplicación. Puede seguir leyendo lo escrito. Llame al {}.",
  ],
  [
    "{} chats in the app with some of its clients only. You can still read what was written. {Please call the clinic.}",
    "{} solo chatea en la aplicación con algunos de sus clientes. Puede seguir leyendo lo escrito. Llame a la clínica.",
  ],
  [
    "{} chats in the app with some of its clients only. You can still read what was written. {Please call} {}. {In an emergency call} {}.",
    "{} solo chatea en la aplicación con algunos de sus clientes. Puede seguir leyendo lo escrito. Llame al {}. En una urgencia, llame al {}.",
  ],
  [
    "{} chats in the app with some of its clients only. You can still read what was written. {Please call} {}.",
    "{} solo chatea en la aplicación con algunos de sus clientes. Puede seguir leyendo lo escrito. Llame al {}.",
  ],
  ["Write something or add a photo first.", "Escriba algo o añada antes una foto."],
  [
    "Texts are written on the phone. Please write here in the app instead.",
    "Los SMS se escriben en el teléfono. Escriba aquí en la app, por favor.",
  ],
  ["Only the person who wrote a message can delete it.", "Solo quien escribió un mensaje puede eliminarlo."],
  ["This file is empty. Please choose another one.", "Este archivo está vacío. Elija otro, por favor."],
  ["This file is too large. The limit is {} MB.", "Este archivo es demasiado grande. El límite son {} MB."],
  [
    "The upload stopped on its way. Please try again with a better connection.",
    "La subida se ha interrumpido. Vuelva a intentarlo con una conexión mejor.",
  ],
  ["Choose a picture: JPEG, PNG, WebP, GIF or HEIC.", "Elija una foto: JPEG, PNG, WebP, GIF o HEIC."],
  [
    "Somebody has changed the picture meanwhile. Please look again.",
    "Alguien ha cambiado la foto mientras tanto. Vuelva a mirar.",
  ],
  [
    "Pawline takes photos (JPEG, PNG, WebP, GIF, HEIC), videos (MP4, MOV, 3GP), voice notes and PDFs. This file is something else.",
    "Pawline acepta fotos (JPEG, PNG, WebP, GIF, HEIC), vídeos (MP4, MOV, 3GP), notas de voz y PDF. Este archivo es de otro tipo.",
  ],
  [
    "This {} could not be read. It may be damaged; please try another one.",
    "No se ha podido leer este archivo. Puede estar dañado; pruebe con otro.",
  ],
  [
    "This {} is too large to be prepared. Please send a smaller one.",
    "Este archivo es demasiado grande. Envíe uno más pequeño.",
  ],
  [
    "This {} is longer than {} minutes. Please send a shorter one.",
    "Este archivo dura más de lo permitido. Envíe uno más corto.",
  ],
  [
    "This {} needs a password to open. Please send it without one.",
    "Este archivo pide una contraseña. Envíelo sin ella.",
  ],
  [
    "Photos and files cannot be prepared right now. Please try again in a minute.",
    "Ahora no se pueden preparar fotos ni archivos. Vuelva a intentarlo en un minuto.",
  ],
  [
    "There is no room for photos and files right now. Messages without them still arrive.",
    "Ahora no hay espacio para fotos ni archivos. Los mensajes sin ellos sí llegan.",
  ],
  // Payments
  ["This has just changed. Please look again.", "Esto acaba de cambiar. Vuelva a mirar, por favor."],
  [
    "A payment of this is on its way. It can take a few days until your bank says so.",
    "El pago está en camino. Su banco puede tardar unos días en confirmarlo.",
  ],
  ["This is paid already. Thank you.", "Esto ya está pagado. Gracias."],
  [
    "This cannot be paid any more. Ask the clinic if you have a question about it.",
    "Esto ya no se puede pagar. Pregunte a la clínica si tiene alguna duda.",
  ],
  // Reports and blocks
  ["You wrote this message yourself. You can delete it instead.", "Este mensaje lo escribió usted. Puede eliminarlo."],
  ["The practice has removed this message already.", "La clínica ya ha eliminado este mensaje."],
  // Visits
  [
    "{} has cancelled this visit. {Call the clinic} for another time.",
    "{} ha cancelado esta visita. Llame a la clínica para buscar otro momento.",
  ],
  [
    "{} has cancelled this visit. {Call} {} for another time.",
    "{} ha cancelado esta visita. Llame al {} para buscar otro momento.",
  ],
  [
    "The time of this visit has come. Call the clinic if you are not there.",
    "Ya es la hora de esta visita. Llame a la clínica si no ha podido llegar.",
  ],
  [
    "The practice has taken care of this already. Send them a message if something changed.",
    "La clínica ya se ha ocupado de esto. Escríbale si algo ha cambiado.",
  ],
  // Whatever one does
  [
    "Others are changing the same thing at this moment. Please try again.",
    "Otros están cambiando lo mismo en este momento. Vuelva a intentarlo.",
  ],
];
