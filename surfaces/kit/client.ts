// The v3 client: signs every call as any outsider does, with the key of whoever signed in.
import { base64, sign } from "./keys";
import { query, target, type Answer, type Ask, type MethodName } from "./methods";
import { Refusal } from "./refusal";
import { forget, held } from "./session";
import { defineWords, languageNow } from "./words";

export interface As {
  app?: string; // one of the person's apps; the person themselves if left out
  authToken?: string; // the app_auth_token of a merchant who lets that app act for them
}

interface Signer {
  key: CryptoKey;
  app_id: string;
  session?: string; // none yet while somebody signs in
}

const words = defineWords({
  away: { zh: "连不上平台，请检查网络后再试", en: "The platform was not reached. Check the network and try again." },
  out: { zh: "请先登录", en: "Sign in first." },
});

const ENDED = new Set(["invalid-auth-token", "auth-token-time-out"]); // of a session that is closed or too old

let ahead = 0; // milliseconds by which the platform's clock is before this device's

/** Ask the platform; throws a Refusal. */
export async function call<M extends MethodName>(method: M, ask?: Ask<M>, as: As = {}): Promise<Answer<M>> {
  const { signer, session } = whoever(as.app);
  try {
    return (await send(method, ask ?? {}, signer, as.authToken)) as Answer<M>;
  } catch (problem) {
    if (problem instanceof Refusal && ENDED.has(problem.code) && !as.authToken) {
      await forget(session);
    }
    throw problem;
  }
}

/** Who signs now, as this app. */
function whoever(app?: string): { signer: Signer; session: string } {
  const kept = held();
  if (!kept) throw new Refusal(401, "signed-out", words.now().out);
  const { id, app_id } = kept.session;
  return { signer: { key: kept.key, app_id: app ?? app_id, session: id }, session: id };
}

/** Sign and send one call, with a key that need not belong to a session yet. */
export async function send(method: string, ask: object, signer: Signer, authToken?: string): Promise<unknown> {
  const letter = written(method, ask as Record<string, unknown>);
  const first = await post(letter, signer, authToken);
  if (first.ok) return read(first);
  const refused = await refusal(first);
  if (!refused.code.includes("timestamp")) throw refused;
  ahead = clock(first);
  return read(await post(letter, signer, authToken));
}

/** A stream that stays open, as the live one. */
export async function stream(method: string, signal: AbortSignal, app?: string): Promise<Response> {
  const letter = written(method, {}, "GET");
  const answer = await post(letter, whoever(app).signer, undefined, signal);
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

interface Sealed {
  headers: Record<string, string>;
  text: string;
}

interface Letter {
  verb: string;
  place: string;
  signed: string; // the part of the body that is signed
  body?: BodyInit;
  json: boolean;
}

function written(method: string, ask: Record<string, unknown>, anyhow?: string): Letter {
  const { path, rest, ...address } = target(method, ask);
  const verb = anyhow ?? address.verb;
  if (verb === "GET" || verb === "DELETE") return { verb, place: path + query(rest), signed: "", json: false };
  const files = Object.entries(rest).filter(([, value]) => value instanceof Blob) as [string, Blob][];
  files.forEach(([name]) => delete rest[name]);
  const signed = JSON.stringify(rest);
  if (!files.length) return { verb, place: path, signed, body: signed, json: true };
  const form = new FormData();
  form.append("data", signed);
  files.forEach(([name, file]) => form.append(name, file, file instanceof File ? file.name : name));
  return { verb, place: path, signed, body: form, json: false };
}

/** The headers of a call, and the text that its signature covers. */
async function sealed(letter: Letter, signer: Signer, authToken?: string): Promise<Sealed> {
  const members = [
    `app_id=${signer.app_id}`,
    `session=${signer.session ?? "new"}`,
    `nonce=${nonce()}`,
    `timestamp=${Date.now() + ahead}`,
  ];
  const told = members.join(",");
  const token = authToken ? `${authToken}\n` : "";
  const text = `${told}\n${letter.verb}\n${letter.place}\n${letter.signed}\n${token}`;
  const headers: Record<string, string> = {
    authorization: `ALIPAY-SHA256withRSA ${told},sign=${await sign(signer.key, text)}`,
    "accept-language": languageNow(),
  };
  if (letter.json) headers["content-type"] = "application/json";
  if (authToken) headers["alipay-app-auth-token"] = authToken;
  return { headers, text };
}

async function post(letter: Letter, signer: Signer, authToken?: string, signal?: AbortSignal): Promise<Response> {
  const { headers } = await sealed(letter, signer, authToken);
  return sent(letter, headers, signal);
}

async function sent(
  { verb, place, body }: Letter,
  headers: Sealed["headers"],
  signal?: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(place, { method: verb, headers, body, signal, credentials: "omit", cache: "no-store" });
  } catch (problem) {
    if (signal?.aborted) throw problem;
    throw new Refusal(0, "unreachable", words.now().away);
  }
}

/** A call as it went over the wire, for whoever wants to see it. */
export interface Exchanged {
  verb: string;
  place: string;
  headers: Record<string, string>;
  text: string; // that was signed
  body: string; // as sent; of an upload, the part that is signed
  status: number;
  answered: [string, string][]; // headers
  answer: string;
  took: number; // milliseconds
}

/** Ask, and show everything; a refusal is an answer like any other. `userToken` acts for a user who consented. */
export async function exchange(method: string, ask: object, as: As & { userToken?: string } = {}): Promise<Exchanged> {
  const letter = written(method, ask as Record<string, unknown>);
  if (as.userToken)
    letter.place += `${letter.place.includes("?") ? "&" : "?"}${new URLSearchParams({ auth_token: as.userToken })}`;
  const { headers, text } = await sealed(letter, whoever(as.app).signer, as.authToken);
  const began = performance.now();
  const answer = await sent(letter, headers);
  const { verb, place, signed: body } = letter;
  const rest = { status: answer.status, answered: [...answer.headers], answer: await answer.text() };
  return { verb, place, headers, text, body, ...rest, took: Math.round(performance.now() - began) };
}

function nonce(): string {
  return base64(crypto.getRandomValues(new Uint8Array(18)).buffer).replace(/[+/=]/g, "x");
}

function clock(answer: Response): number {
  const there = Number(answer.headers.get("alipay-timestamp"));
  return there ? there - Date.now() : ahead;
}

async function read(answer: Response): Promise<unknown> {
  if (!answer.ok) throw await refusal(answer);
  try {
    return await answer.json();
  } catch {
    throw new Refusal(0, "unreachable", words.now().away);
  }
}

async function refusal(answer: Response): Promise<Refusal> {
  const told = await answer.json().catch(() => ({}));
  return new Refusal(answer.status, told.code ?? String(answer.status), told.message ?? answer.statusText, told.links);
}
