/** Just enough of DER to take keys and certificates apart, and to put keys and requests together. */

export interface Node {
  tag: number;
  whole: Uint8Array; // with tag and length
  body: Uint8Array;
}

export class NotDer extends Error {}

/** The values that stand one after another. */
export function read(bytes: Uint8Array): Node[] {
  const found: Node[] = [];
  for (let at = 0; at < bytes.length; at += found.at(-1)!.whole.length) found.push(one(bytes, at));
  return found;
}

/** What stands inside the first value, which must be a sequence. */
export function sequence(bytes: Uint8Array): Node[] {
  const first = one(bytes, 0);
  if (first.tag !== SEQUENCE) throw new NotDer("no sequence");
  return read(first.body);
}

function one(bytes: Uint8Array, at: number): Node {
  const tag = bytes[at];
  const [length, head] = lengthAt(bytes, at + 1);
  const end = at + 1 + head + length;
  if (tag === undefined || end > bytes.length) throw new NotDer("cut off");
  return { tag, whole: bytes.subarray(at, end), body: bytes.subarray(at + 1 + head, end) };
}

function lengthAt(bytes: Uint8Array, at: number): [number, number] {
  const first = bytes[at];
  if (first === undefined) throw new NotDer("cut off");
  if (first < 0x80) return [first, 1];
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new NotDer("a length of a strange form");
  let length = 0;
  for (let i = 1; i <= count; i++) length = length * 256 + (bytes[at + i] ?? 0);
  return [length, count + 1];
}

export const INTEGER = 0x02;
export const BITS = 0x03;
export const OCTETS = 0x04;
export const NULL = 0x05;
export const OID = 0x06;
export const UTF8 = 0x0c;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/** A value from its parts. */
export function write(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const body = joined(parts);
  return joined([Uint8Array.of(tag), lengthOf(body.length), body]);
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(0x80 + digits.length, ...digits);
}

export function joined(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A bit string of whole bytes. */
export const bits = (body: Uint8Array): Uint8Array => write(BITS, Uint8Array.of(0), body);

/** An object identifier, such as 1.2.840.113549.1.1.1. */
export function oid(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  return write(OID, Uint8Array.of(first! * 40 + second!, ...rest.flatMap(inSevens)));
}

function inSevens(number: number): number[] {
  const digits = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(128 + (rest % 128));
  return digits;
}

export const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
