/** RSA keys in the forms that SDKs ask for. All of it runs in the browser: a private key never leaves it. */

import { INTEGER, NULL, NotDer, OCTETS, SEQUENCE, bits, oid, same, sequence, write } from "./der";
import { base64, blocks, pem } from "./pem";

const RSA = write(SEQUENCE, oid("1.2.840.113549.1.1.1"), Uint8Array.of(NULL, 0));
const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

export interface PrivateKey {
  pkcs1: Uint8Array<ArrayBuffer>;
  form: "PKCS#1" | "PKCS#8"; // as it was given
}

/** What is wrong with a text that should be a key. */
export class NotKey extends Error {
  constructor(readonly why: "nothing" | "no_key" | "not_rsa" | "is_public" | "is_private" | "encrypted") {
    super(why);
  }
}

export async function newKey(bitCount = 2048): Promise<PrivateKey> {
  const pair = await crypto.subtle.generateKey(
    { ...ALGORITHM, modulusLength: bitCount, publicExponent: Uint8Array.of(1, 0, 1) },
    true,
    ["sign", "verify"],
  );
  return readPrivate(base64(new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey))));
}

/** A private key from PEM or bare base64, PKCS#1 or PKCS#8. */
export function readPrivate(text: string): PrivateKey {
  const block = theBlock(text);
  if (block.label === "ENCRYPTED PRIVATE KEY" || text.includes("Proc-Type:")) throw new NotKey("encrypted");
  const parts = parsed(block.bytes);
  if (parts.length >= 9 && parts.every((part) => part.tag === INTEGER)) return { pkcs1: block.bytes, form: "PKCS#1" };
  if (parts[0]?.tag === INTEGER && parts[1]?.tag === SEQUENCE && parts[2]?.tag === OCTETS) {
    if (!same(parts[1].whole, RSA)) throw new NotKey("not_rsa");
    return { pkcs1: parts[2].body.slice(), form: "PKCS#8" };
  }
  throw new NotKey(isPublic(parts) ? "is_public" : "no_key");
}

/** The SPKI bytes of a public key from PEM or bare base64, PKCS#1 or X.509. */
export function readPublic(text: string): Uint8Array<ArrayBuffer> {
  const block = theBlock(text);
  const parts = parsed(block.bytes);
  if (parts.length === 2 && parts.every((part) => part.tag === INTEGER)) return spkiAround(block.bytes);
  if (isPublic(parts)) {
    if (!same(parts[0]!.whole, RSA)) throw new NotKey("not_rsa");
    return block.bytes;
  }
  throw new NotKey(parts[0]?.tag === INTEGER ? "is_private" : "no_key");
}

const isPublic = (parts: { tag: number }[]): boolean => parts.length === 2 && parts[0]?.tag === SEQUENCE;

function theBlock(text: string) {
  if (!text.trim()) throw new NotKey("nothing");
  const [first] = blocks(text);
  if (!first) throw new NotKey("no_key");
  return first;
}

function parsed(bytes: Uint8Array) {
  try {
    return sequence(bytes);
  } catch (problem) {
    if (problem instanceof NotDer) throw new NotKey("no_key");
    throw problem;
  }
}

const spkiAround = (pkcs1Public: Uint8Array) => write(SEQUENCE, RSA, bits(pkcs1Public)) as Uint8Array<ArrayBuffer>;

export const pkcs8 = (key: PrivateKey) =>
  write(SEQUENCE, Uint8Array.of(INTEGER, 1, 0), RSA, write(OCTETS, key.pkcs1)) as Uint8Array<ArrayBuffer>;

/** The public key (SPKI) that belongs to a private one. */
export function publicOf(key: PrivateKey): Uint8Array<ArrayBuffer> {
  const [, modulus, exponent] = sequence(key.pkcs1);
  return spkiAround(write(SEQUENCE, modulus!.whole, exponent!.whole));
}

/** How many bits the modulus of a public key has. */
export function bitsOf(spki: Uint8Array): number {
  const [modulus] = sequence(sequence(spki)[1]!.body.subarray(1));
  const digits = modulus!.body[0] === 0 ? modulus!.body.subarray(1) : modulus!.body;
  return digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24;
}

/** Whether two keys belong together: the same numbers, and what one signs the other verifies. */
export async function match(key: PrivateKey, spki: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (!same(publicOf(key), spki)) return false;
  const message = crypto.getRandomValues(new Uint8Array(32));
  return verify(spki, message, await sign(key, message));
}

export async function sign(key: PrivateKey, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const signer = await crypto.subtle.importKey("pkcs8", pkcs8(key), ALGORITHM, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign(ALGORITHM.name, signer, message));
}

export async function verify(
  spki: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = await crypto.subtle.importKey("spki", spki, ALGORITHM, false, ["verify"]);
  return crypto.subtle.verify(ALGORITHM.name, key, signature, message);
}

/** The texts of a private key, by the names under which SDKs ask for them. */
export function textsOf(key: PrivateKey) {
  const spki = publicOf(key);
  return {
    pkcs1_pem: pem("RSA PRIVATE KEY", key.pkcs1),
    pkcs8_pem: pem("PRIVATE KEY", pkcs8(key)),
    pkcs1: base64(key.pkcs1),
    pkcs8: base64(pkcs8(key)),
    public_pem: pem("PUBLIC KEY", spki),
    public: base64(spki),
  };
}

/** A digest by which people compare keys: the first 16 hexadecimal digits of SHA-256 over the SPKI. */
export async function fingerprint(spki: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", spki));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
