import dog from "./samples/dog.jpg";
import paw from "./samples/paw.jpg";
import type { TypedPicture } from "./types";

export interface Chosen {
  picture: TypedPicture;
  preview: string;
}

export const SAMPLES = [
  { name: "a dog", address: dog },
  { name: "a paw", address: paw },
];

/** Read a picture for sending: carriers take it as base64. */
export async function readPicture(file: Blob): Promise<Chosen> {
  const preview = await dataAddress(file);
  return {
    picture: { media_type: file.type || "image/jpeg", content: preview.slice(preview.indexOf(",") + 1) },
    preview,
  };
}

export async function readSample(address: string): Promise<Chosen> {
  return readPicture(await (await fetch(address)).blob());
}

function dataAddress(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error("the picture could not be read"));
    reader.readAsDataURL(file);
  });
}
