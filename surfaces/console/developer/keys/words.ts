// Why a text is no key, in words.
import { defineWords } from "../../../kit";
import type { NotKey } from "./rsa";

const words = defineWords({
  nothing: { zh: "这里还没有内容", en: "Nothing is here yet" },
  no_key: { zh: "这不是 RSA 密钥：请粘贴 PEM 或 Base64", en: "This is no RSA key: paste PEM or base64" },
  not_rsa: { zh: "这把密钥不是 RSA 的", en: "This key is not an RSA key" },
  is_public: { zh: "这是公钥，这里需要私钥", en: "This is a public key; a private one is wanted here" },
  is_private: {
    zh: "这是私钥！请保密；这里需要公钥",
    en: "This is a private key: keep it secret. A public one is wanted here",
  },
  encrypted: {
    zh: "这把私钥有口令：请先用 openssl 去掉",
    en: "This key has a passphrase: take it off with openssl first",
  },
});

export const whyNot = (problem: NotKey): string => words.now()[problem.why];
