import { readJpegHeader } from "./photo_header";

/** As large as the server keeps a photo. */
const LONGEST_SIDE = 2048;
const QUALITIES = [0.85, 0.7, 0.5];
const HEAD_BYTES = 256 * 1024;
const SHRUNK = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/avif"];
/** Names under which PNG and WebP carry what does not belong to the picture. */
const NOTES = /eXIf|EXIF|Exif|XMP |XML:com\.adobe|iTXt|tEXt|zTXt/;

/**
 * The photo as it leaves the phone: no larger than it is shown, and without where it was taken.
 *
 * What is that already comes back as it is, and so does what this browser cannot draw: the server takes it apart.
 */
export async function shrinkPhoto(blob: Blob): Promise<Blob> {
  if (!SHRUNK.includes(blob.type)) return blob;
  const head = new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer());
  const jpeg = readJpegHeader(head);
  if (jpeg !== null && !jpeg.hasNotes && Math.max(jpeg.width, jpeg.height) <= LONGEST_SIDE) return blob;
  const mayStay = jpeg === null ? !NOTES.test(new TextDecoder("latin1").decode(head)) : !jpeg.hasNotes;
  const canvas = await drawn(blob, 0);
  return canvas === null ? blob : await smallest(canvas, blob, mayStay);
}

/** A quarter turn to the left; `null` when this browser cannot draw the photo. */
export async function turnLeft(blob: Blob): Promise<Blob | null> {
  const canvas = await drawn(blob, 1);
  return canvas === null ? null : await encoded(canvas, 0.92);
}

async function smallest(canvas: HTMLCanvasElement, original: Blob, mayStay: boolean): Promise<Blob> {
  let smaller = original;
  for (const quality of QUALITIES) {
    const made = await encoded(canvas, quality);
    if (made === null) return original;
    smaller = made;
    if (made.size < original.size) return made;
    if (mayStay) return original;
  }
  return smaller;
}

async function drawn(blob: Blob, quarterTurns: 0 | 1): Promise<HTMLCanvasElement | null> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: "from-image" }).catch(() => null);
  if (bitmap === null) return null;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement("canvas");
  canvas.width = quarterTurns === 0 ? width : height;
  canvas.height = quarterTurns === 0 ? height : width;
  const pen = canvas.getContext("2d", { alpha: false });
  if (pen === null) return null;
  pen.fillStyle = "white"; // as the server does: what is see-through becomes white
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  if (quarterTurns === 1) {
    pen.translate(0, width);
    pen.rotate(-Math.PI / 2);
  }
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas;
}

function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
