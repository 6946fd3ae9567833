// The key that signs for a person: made in the browser, which never shows it to anybody, not even to these pages.
import type { Session } from "./session";

export interface Kept {
  key: CryptoKey;
  session: Session;
}

const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const STORE = "session";

export async function newKey(): Promise<{ key: CryptoKey; publicKey: string }> {
  const size = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const pair = await crypto.subtle.generateKey({ ...RSA, ...size }, false, ["sign", "verify"]);
  const spki = await crypto.subtle.exportKey("spki", pair.publicKey);
  return { key: pair.privateKey, publicKey: base64(spki) };
}

export async function sign(key: CryptoKey, text: string): Promise<string> {
  return base64(await crypto.subtle.sign(RSA.name, key, new TextEncoder().encode(text)));
}

export function base64(bytes: ArrayBuffer): string {
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
}

/** What this browser keeps for this surface; a database that cannot be opened keeps nothing. */
export async function kept(): Promise<Kept | undefined> {
  try {
    return await inStore("readonly", (store) => store.get("now"));
  } catch {
    return undefined;
  }
}

export async function keep(what: Kept | undefined): Promise<void> {
  try {
    await inStore("readwrite", (store) => (what ? store.put(what, "now") : store.delete("now")));
  } catch {
    // a private window without a database: the session lasts as long as the page
  }
}

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const opening = indexedDB.open(`kaifang-${SURFACE}`, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await done(opening);
  try {
    return await done<T>(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
