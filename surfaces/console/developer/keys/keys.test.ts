import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { base64, blocks, pem } from "./pem";
import { readCertificates, signingRequest } from "./request";
import { bitsOf, match, newKey, NotKey, pkcs8, publicOf, readPrivate, readPublic, textsOf } from "./rsa";

const key = await newKey();
const texts = textsOf(key);

/** What openssl says of a text; it is the judge of our forms. */
function openssl(text: string, ...command: string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "keys-")), "text");
  writeFileSync(file, text);
  return execFileSync("openssl", [...command, "-in", file], { encoding: "utf8" });
}

test("every form of a private key is read, and leads to the same public key", () => {
  for (const text of [texts.pkcs1_pem, texts.pkcs8_pem, texts.pkcs1, texts.pkcs8]) {
    expect(textsOf(readPrivate(text)).public).toBe(texts.public);
  }
  expect(readPrivate(texts.pkcs1).form).toBe("PKCS#1");
  expect(readPrivate(texts.pkcs8).form).toBe("PKCS#8");
});

test("openssl reads what we write", () => {
  expect(openssl(texts.pkcs1_pem, "rsa", "-check", "-noout")).toContain("RSA key ok");
  expect(openssl(texts.pkcs8_pem, "pkey", "-pubout").trim()).toBe(texts.public_pem.trim());
});

test("keys belong together, or not", async () => {
  expect(await match(key, publicOf(key))).toBe(true);
  expect(await match(key, publicOf(await newKey()))).toBe(false);
  expect(bitsOf(publicOf(key))).toBe(2048);
});

test("a signing request is sound", async () => {
  const csr = await signingRequest(key, { C: "CN", O: "街角咖啡", CN: "2021010000000025" });
  expect(openssl(csr, "req", "-verify", "-noout", "-subject", "-nameopt", "utf8")).toContain("街角咖啡");
});

test("what is no such key is told apart", () => {
  const why = (read: () => unknown) => {
    try {
      read();
    } catch (problem) {
      return (problem as NotKey).why;
    }
    return "a key";
  };
  expect(why(() => readPrivate(texts.public_pem))).toBe("is_public");
  expect(why(() => readPublic(texts.pkcs8_pem))).toBe("is_private");
  expect(why(() => readPublic(texts.pkcs1))).toBe("is_private");
  expect(why(() => readPrivate("hello"))).toBe("no_key");
  expect(why(() => readPrivate(" "))).toBe("nothing");
  expect(why(() => readPrivate(pem("PRIVATE KEY", pkcs8(key).subarray(0, 40))))).toBe("no_key");
  expect(why(() => readPublic(texts.public))).toBe("a key");
});

test("PKCS#1 public keys become X.509", () => {
  const rsa = openssl(texts.public_pem, "rsa", "-pubin", "-RSAPublicKey_out");
  expect(base64(readPublic(rsa))).toBe(texts.public);
});

test("a certificate tells its holder, its issuer and its time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cert-"));
  writeFileSync(join(folder, "key"), texts.pkcs8_pem);
  const made = ["req", "-x509", "-key", join(folder, "key"), "-days", "9", "-subj", "/C=CN/O=Kaifang/CN=some.app"];
  const [first] = readCertificates(execFileSync("openssl", made, { encoding: "utf8" }));
  expect(first!.holder).toBe("CN=some.app, O=Kaifang, C=CN");
  expect(base64(first!.spki)).toBe(texts.public);
  expect(Date.parse(first!.until) - Date.parse(first!.from)).toBe(9 * 86_400_000);
  expect(blocks(texts.public_pem)[0]!.label).toBe("PUBLIC KEY");
});
