/** Certificate signing requests (PKCS#10), and what a certificate says. */

import { NULL, SEQUENCE, SET, UTF8, bits, oid, read, sequence, write, INTEGER, type Node } from "./der";
import { blocks, pem } from "./pem";
import { type PrivateKey, publicOf, sign } from "./rsa";

const NAMES = { C: "2.5.4.6", O: "2.5.4.10", OU: "2.5.4.11", CN: "2.5.4.3" } as const;
const SHA256_RSA = write(SEQUENCE, oid("1.2.840.113549.1.1.11"), Uint8Array.of(NULL, 0));
const PRINTABLE = 0x13;

export type Subject = Partial<Record<keyof typeof NAMES, string>>;

/** A signing request, PEM, by the holder of a private key. */
export async function signingRequest(key: PrivateKey, subject: Subject): Promise<string> {
  const told = write(SEQUENCE, Uint8Array.of(INTEGER, 1, 0), nameOf(subject), publicOf(key), write(0xa0));
  const signature = await sign(key, told as Uint8Array<ArrayBuffer>);
  return pem("CERTIFICATE REQUEST", write(SEQUENCE, told, SHA256_RSA, bits(signature)));
}

function nameOf(subject: Subject): Uint8Array {
  const given = (Object.keys(NAMES) as (keyof typeof NAMES)[]).filter((name) => subject[name]);
  return write(
    SEQUENCE,
    ...given.map((name) => write(SET, write(SEQUENCE, oid(NAMES[name]), text(name, subject[name]!)))),
  );
}

const text = (name: string, value: string) => write(name === "C" ? PRINTABLE : UTF8, new TextEncoder().encode(value));

export interface Certificate {
  holder: string;
  issuer: string;
  from: string; // ISO
  until: string;
  spki: Uint8Array<ArrayBuffer>;
}

/** The certificates in a PEM text. */
export const readCertificates = (text: string): Certificate[] =>
  blocks(text).map((block) => certificateOf(block.bytes));

function certificateOf(bytes: Uint8Array): Certificate {
  const parts = read(sequence(bytes)[0]!.body);
  const [, , issuer, validity, subject, spki] = parts[0]!.tag === 0xa0 ? parts.slice(1) : parts;
  const [from, until] = read(validity!.body);
  return {
    issuer: nameText(issuer!),
    holder: nameText(subject!),
    from: timeText(from!),
    until: timeText(until!),
    spki: spki!.whole.slice(),
  };
}

function nameText(name: Node): string {
  const said = read(name.body).map((set) => {
    const [kind, value] = sequence(set.body);
    const known = Object.entries(NAMES).find(([, dotted]) => oid(dotted).toString() === kind!.whole.toString());
    return `${known?.[0] ?? "?"}=${new TextDecoder().decode(value!.body)}`;
  });
  return said.reverse().join(", ");
}

/** UTCTime has two digits of the year: from 50 on they are of the last century. */
function timeText(time: Node): string {
  const digits = new TextDecoder().decode(time.body).replace("Z", "");
  const full = digits.length === 12 ? (Number(digits.slice(0, 2)) < 50 ? "20" : "19") + digits : digits;
  return full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6Z");
}
