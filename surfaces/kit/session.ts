// Who is signed in at this surface: a session of the platform, and the key in this browser that signs for it.
import { send } from "./client";
import { keep, kept, newKey, type Kept } from "./keys";
import { Refusal } from "./refusal";
import { store } from "./store";

export interface OwnApp {
  app_id: string;
  name: string;
  role: string;
  kind: string;
}

export interface Session {
  id: string;
  app_id: string; // the wallet's: as which a person acts for themselves
  user_id: string;
  name: string;
  kind: "person" | "merchant";
  apps: OwnApp[];
}

export interface Facts {
  app_id: string;
  sandbox: boolean;
  people: { name: string; logon_id: string; kind: string }[]; // in a sandbox only
  languages: string[];
}

interface Opened extends Omit<Session, "id" | "app_id"> {
  session_id?: string; // none if the password was wrong
  left?: number;
  locked_until?: string;
}

const now = store<Kept | undefined>(undefined);
const others = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(`kaifang-${SURFACE}`);
const onChange = new Set<() => void>();

export const held = now.get;

export function useSession(): Session | null {
  return now.use()?.session ?? null;
}

/** Called whenever somebody signs in or out: what was asked for one person is nothing for the next. */
export function whenSessionChanges(told: () => void): void {
  onChange.add(told);
}

/** What this browser remembers, before anything is shown; and from then on what its other windows do. */
export async function resume(): Promise<void> {
  now.set(await kept());
  if (!others) return;
  others.onmessage = async () => change(await kept());
}

let asked: Promise<Facts> | undefined;

/** What the pages may know before anybody signs in. */
export function facts(): Promise<Facts> {
  asked ??= fetch("/surfaces.json", { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Refusal(answer.status, "unreachable", ""))))
    .catch((problem) => {
      asked = undefined;
      throw problem;
    });
  return asked;
}

/** Sign in; null, or how often the password may still be wrong and until when the account is locked. */
export async function signIn(who: {
  logon_id: string;
  password: string;
}): Promise<{ left?: number; locked_until?: string } | null> {
  const { app_id } = await facts();
  const { key, publicKey } = await newKey();
  const ask = { ...who, public_key: publicKey, device: device() };
  const answer = (await send("kaifang.wallet.session.open", ask, { key, app_id })) as Opened;
  if (!answer.session_id) return { left: answer.left, locked_until: answer.locked_until };
  const { session_id: id, user_id, name, kind, apps } = answer;
  await begin({ key, session: { id, app_id, user_id, name, kind, apps } });
  return null;
}

/** Sign out here; the platform forgets the key, and so does this browser, reached or not. */
export async function signOut(): Promise<void> {
  const mine = now.get();
  if (!mine) return;
  const { id, app_id } = mine.session;
  await send("kaifang.wallet.session.close", { session_id: id }, { key: mine.key, app_id, session: id }).catch(
    () => undefined,
  );
  await forget(id);
}

/** Look again which apps are theirs: one may have been opened since they signed in. */
export async function renewApps(): Promise<void> {
  const mine = now.get();
  if (!mine) return;
  const { id, app_id } = mine.session;
  const signer = { key: mine.key, app_id, session: id };
  const answer = (await send("kaifang.openapp.app.list", { page_size: 100 }, signer)) as { apps: OwnApp[] };
  const apps = answer.apps.map(({ app_id, name, role, kind }) => ({ app_id, name, role, kind }));
  await begin({ ...mine, session: { ...mine.session, apps } });
}

/** A session that the platform no longer knows. */
export async function forget(id: string): Promise<void> {
  if (now.get()?.session.id !== id) return;
  await begin(undefined);
}

async function begin(next: Kept | undefined): Promise<void> {
  await keep(next);
  change(next);
  others?.postMessage("changed");
}

function change(next: Kept | undefined): void {
  now.set(next);
  onChange.forEach((told) => told());
}

/** What the person will read in the list of places where they are signed in. */
function device(): string {
  const agent = navigator.userAgent;
  const browser = /Edg\/|Firefox\/|Chrome\/|Safari\//.exec(agent)?.[0].slice(0, -1) ?? "Browser";
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? "";
  return [browser === "Edg" ? "Edge" : browser, system].filter(Boolean).join(", ");
}
