/** What the server says of fields to families, and how one says it in Spanish; it goes on after "Este dato". */
export const FIELDS: [english: string, spanish: string][] = [
  ["is empty; fill it in", "está vacío; rellénelo"],
  ["is missing; add it", "falta; añádalo"],
  ["is longer than {} characters; shorten it", "tiene más de {} caracteres; acórtelo"],
  [
    "contains a character that cannot be stored; remove it and try again",
    "contiene un carácter que no se puede guardar; quítelo y vuelva a intentarlo",
  ],
  [
    "is not an e-mail address; write it like name@example.org",
    "no es una dirección de correo; escríbala como nombre@example.org",
  ],
  [
    "is not a phone number; write it with its area code, like {}, or with + and the country",
    "no es un número de teléfono; escríbalo con su prefijo, como {}, o con + y el país",
  ],
  [
    "is not a phone number; write it with its area code, or with + and the country",
    "no es un número de teléfono; escríbalo con su prefijo, o con + y el país",
  ],
  ["is in the future; correct it or leave it out", "está en el futuro; corríjalo o déjelo vacío"],
  ["is in the future; give the day it was", "está en el futuro; dé el día en que fue"],
  ["is before the pet was born; correct the day", "es anterior al nacimiento; corríjalo"],
  ["is after the day it died; correct it or leave it out", "es posterior al fallecimiento; corríjalo o déjelo vacío"],
  [
    "is a landline, which gets no texts; give a mobile number or your e-mail",
    "es un teléfono fijo, que no recibe SMS; dé un móvil o su correo",
  ],
  [
    "is abroad, where this clinic does not text; give your e-mail instead",
    "es de otro país, adonde esta clínica no envía SMS; dé su correo",
  ],
  [
    "cannot be used here, because this clinic does not text; give your e-mail instead",
    "no sirve aquí, porque esta clínica no envía SMS; dé su correo",
  ],
  ["is one that we cannot text; use your e-mail instead", "no puede recibir nuestros SMS; use su correo"],
  [
    "is not a country code; give two letters, like US, CA or GB",
    "no es un código de país; dé dos letras, como US, ES o MX",
  ],
  ["is not a time zone; give an IANA name, like America/New_York", "no es una zona horaria; elija una de la lista"],
  [
    "needs {} to {} characters; a short sentence is easy to remember",
    "necesita entre {} y {} caracteres; una frase corta se recuerda bien",
  ],
  ["is empty; choose a pet or add one", "está vacío; elija una mascota o añada una"],
];
