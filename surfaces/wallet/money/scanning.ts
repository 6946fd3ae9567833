// Finding a code in what a camera sees, or in a picture.
import type jsQR from "jsqr";

const LARGEST = 1024; // pixels of the longer side: enough to find a code, and quick

let reader: Promise<typeof jsQR> | undefined;

/** The code's text, if there is one in it. */
export async function codeIn(picture: HTMLVideoElement | ImageBitmap): Promise<string | undefined> {
  reader ??= import("jsqr").then((found) => found.default);
  const pixels = drawn(picture);
  return pixels && ((await reader)(pixels.data, pixels.width, pixels.height)?.data || undefined);
}

/** The code in a picture that somebody chose. */
export async function codeInFile(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined); // whatever claims to be a picture
  return picture && codeIn(picture);
}

function drawn(picture: HTMLVideoElement | ImageBitmap): ImageData | undefined {
  const [width, height] =
    picture instanceof HTMLVideoElement ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height];
  if (!width || !height) return undefined;
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  brush?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return brush?.getImageData(0, 0, canvas.width, canvas.height);
}
