/** Text around keys: PEM with its label, or bare base64 as the SDKs' settings want it. */

export type Label =
  "PRIVATE KEY" | "RSA PRIVATE KEY" | "PUBLIC KEY" | "RSA PUBLIC KEY" | "CERTIFICATE" | "CERTIFICATE REQUEST";

const BLOCK = /-----BEGIN ([A-Z ]+)-----([\s\S]*?)-----END \1-----/g;

export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** The bytes behind base64 text with blanks and line ends in it; null if it is none. */
export function unbase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s+/g, "")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

export function pem(label: Label, bytes: Uint8Array): string {
  const lines = base64(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** Every block in a PEM text; bare base64 is one block without a label. */
export function blocks(text: string): { label: string; bytes: Uint8Array<ArrayBuffer> }[] {
  const labelled = [...text.matchAll(BLOCK)].map((found) => ({ label: found[1]!, bytes: unbase64(found[2]!) }));
  const all = labelled.length ? labelled : [{ label: "", bytes: unbase64(text) }];
  return all.filter((block): block is { label: string; bytes: Uint8Array<ArrayBuffer> } => !!block.bytes?.length);
}
