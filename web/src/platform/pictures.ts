import { answerOf, requestHeaders } from "./api";

/** For a file field; phones offer camera and library for it. */
export const ACCEPTS = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,.heic,.heif";

/** The picture at an address like a pet's portrait, from now on. */
export async function putPicture(address: string, picture: Blob): Promise<void> {
  await asked(fetch(address, { method: "PUT", body: picture, headers: requestHeaders() }));
}

/** `url`: where it is shown; one that was chosen meanwhile stays, and the server says so. */
export async function dropPicture(address: string, url: string): Promise<void> {
  const shown = url.slice(url.lastIndexOf("/"));
  await asked(fetch(address + shown, { method: "DELETE", headers: requestHeaders() }));
}

/** The bytes of a picture that is shown, to put it back. */
export async function takePicture(url: string): Promise<Blob> {
  return await (await asked(fetch(url))).blob();
}

async function asked(answer: Promise<Response>): Promise<Response> {
  const outcome = answer.then(async (response) => {
    if (response.ok) return { data: response, response };
    return { error: (await response.json().catch(() => null)) as unknown, response };
  });
  return await answerOf(outcome);
}
