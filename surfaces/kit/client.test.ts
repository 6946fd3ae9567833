import { beforeEach, expect, test, vi } from "vitest";
import { call } from "./client";
import { kept } from "./keys";
import { Refusal } from "./refusal";
import { facts, held, resume, signIn, signOut } from "./session";

interface Sent {
  place: string;
  init: RequestInit & { headers: Record<string, string> };
}

const OPENED = { session_id: "s1", user_id: "2088", name: "安娜", kind: "person", apps: [], expires_in: 60 };
let sent: Sent[];
let answers: Response[];

const answer = (told: object, status = 200, headers = {}) => new Response(JSON.stringify(told), { status, headers });

vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux) Chrome/1 Safari/1", language: "zh" });
vi.stubGlobal("fetch", async (place: string, init: Sent["init"]) => {
  if (place === "/surfaces.json") return answer({ app_id: "wallet", sandbox: true, people: [], languages: [] });
  sent.push({ place, init });
  return answers.shift()!;
});

beforeEach(async () => {
  sent = [];
  answers = [answer(OPENED)];
  expect(await signIn({ logon_id: "anna@example.com", password: "111111" })).toBeNull();
});

/** Check a call as the platform does: by the key that was registered. */
async function verified({ place, init }: Sent, publicKey: string, body: string): Promise<boolean> {
  const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("spki", bytes(publicKey), rsa, true, ["verify"]);
  const [, told, signature] = /^ALIPAY-SHA256withRSA (.*),sign=(.*)$/.exec(init.headers.authorization)!;
  const token = init.headers["alipay-app-auth-token"];
  const text = `${told}\n${init.method}\n${place}\n${body}\n${token ? `${token}\n` : ""}`;
  return crypto.subtle.verify(rsa.name, key, bytes(signature), new TextEncoder().encode(text));
}

test("a session is opened with a new key, which signs the opening and stays here", async () => {
  const body = sent[0].init.body as string;
  const told = JSON.parse(body);
  expect(told).toMatchObject({ logon_id: "anna@example.com", device: "Chrome, Linux" });
  expect(await verified(sent[0], told.public_key, body)).toBe(true);
  expect(sent[0].init.headers.authorization).toMatch(/app_id=wallet,session=new,nonce=/);
  expect(held()?.key.extractable).toBe(false);
  expect((await kept())?.session.id).toBe("s1");
  await resume();
  expect(held()?.session.name).toBe("安娜");
});

test("a call names the session and the app, and is signed as it is sent", async () => {
  const publicKey = JSON.parse(sent[0].init.body as string).public_key;
  answers.push(answer({ total: "1.00" }), answer({}));
  expect(await call("kaifang.service.app.open", { app_id: "钱" })).toEqual({ total: "1.00" });
  expect(sent[1].init.headers.authorization).toMatch(/app_id=wallet,session=s1,nonce=\w{20,},timestamp=\d+,sign=/);
  expect(await verified(sent[1], publicKey, '{"app_id":"钱"}')).toBe(true);
  await call("kaifang.wallet.balance", {}, { app: "shop", authToken: "t" });
  expect(sent[2].init.headers.authorization).toContain("app_id=shop,session=s1");
  expect(await verified(sent[2], publicKey, "{}")).toBe(true);
});

test("a file travels beside the data, which alone is signed", async () => {
  const publicKey = JSON.parse(sent[0].init.body as string).public_key;
  answers.push(answer({}));
  await call("alipay.merchant.image.upload", { image_type: "png", image_content: new Blob(["x"]) });
  const form = sent[1].init.body as FormData;
  expect(form.get("data")).toBe('{"image_type":"png"}');
  expect(form.get("image_content")).toBeInstanceOf(Blob);
  expect(await verified(sent[1], publicKey, '{"image_type":"png"}')).toBe(true);
});

test("a device whose clock is wrong asks once more by the platform's", async () => {
  const refused = { code: "invalid-timestamp", message: "" };
  answers.push(answer(refused, 400, { "alipay-timestamp": "1" }), answer({ ok: 1 }), answer({ ok: 2 }));
  expect(await call("kaifang.wallet.balance")).toEqual({ ok: 1 });
  expect(sent[2].init.headers.authorization).toMatch(/timestamp=\d{1,5},/);
  answers = [answer(refused, 400, { "alipay-timestamp": String(Date.now()) }), answer({})];
  await call("kaifang.wallet.balance");
});

test("a refusal says why, where, and whether it may have been done", async () => {
  answers.push(answer({ code: "invalid-parameter", message: "错了（field: amount; reason: x）", links: [] }, 400));
  const problem = await call("kaifang.wallet.topup").catch((refused: Refusal) => refused);
  expect(problem).toMatchObject({ status: 400, code: "invalid-parameter", field: "amount", unknown: false });
  vi.stubGlobal("fetch", vi.fn(fetch).mockRejectedValueOnce(new TypeError("no network")));
  expect(await call("kaifang.wallet.topup").catch((refused) => refused)).toMatchObject({ status: 0, unknown: true });
});

test("a session that was closed elsewhere is forgotten here", async () => {
  answers.push(answer({ code: "invalid-auth-token", message: "" }, 401));
  await expect(call("kaifang.wallet.balance")).rejects.toThrow(Refusal);
  expect(held()).toBeUndefined();
  expect(await kept()).toBeUndefined();
  await expect(call("kaifang.wallet.balance")).rejects.toMatchObject({ code: "signed-out" });
});

test("signing out closes the session, and forgets it though the platform is away", async () => {
  answers.push(answer({}, 500));
  await signOut();
  expect([sent[1].place, sent[1].init.body]).toEqual(["/v3/kaifang/wallet/session/close", '{"session_id":"s1"}']);
  expect(held()).toBeUndefined();
});

test("a wrong password says what is left", async () => {
  answers.push(answer({ left: 4 }));
  expect(await signIn({ logon_id: "anna", password: "x" })).toEqual({ left: 4 });
  expect((await facts()).sandbox).toBe(true);
});
