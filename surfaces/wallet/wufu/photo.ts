// A photo made small enough to be sent: the platform looks at no more than 640 pixels anyhow.
const SIDE = 512;
const LONGEST = 100_000; // letters of base64
const QUALITIES = [0.82, 0.65, 0.45];

export type Drawable = HTMLVideoElement | ImageBitmap;

const sizeOf = (source: Drawable): [number, number] =>
  "videoWidth" in source ? [source.videoWidth, source.videoHeight] : [source.width, source.height];

/** The part that is drawn, and how large: the middle square of a camera's picture, all of one that was chosen. */
export function frame(width: number, height: number, square: boolean): { cut: number[]; size: [number, number] } {
  const side = Math.min(width, height);
  const cut = square ? [(width - side) / 2, (height - side) / 2, side, side] : [0, 0, width, height];
  const scale = Math.min(1, SIDE / Math.max(cut[2], cut[3]));
  return { cut, size: [Math.max(1, Math.round(cut[2] * scale)), Math.max(1, Math.round(cut[3] * scale))] };
}

/** JPEG in base64, as kaifang.wufu.scan wants it. */
export function shrunk(source: Drawable, square: boolean): string {
  const { cut, size } = frame(...sizeOf(source), square);
  const canvas = Object.assign(document.createElement("canvas"), { width: size[0], height: size[1] });
  const paper = canvas.getContext("2d")!;
  paper.fillStyle = "#fff"; // what is transparent in a picture
  paper.fillRect(0, 0, ...size);
  paper.drawImage(source, cut[0], cut[1], cut[2], cut[3], 0, 0, ...size);
  let sent = "";
  for (const quality of QUALITIES) {
    sent = canvas.toDataURL("image/jpeg", quality).split(",")[1];
    if (sent.length <= LONGEST) break;
  }
  return sent;
}

export async function chosen(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  try {
    return shrunk(picture, false);
  } finally {
    picture.close();
  }
}
