// As which app the console acts, and asking as that app.
import {
  call,
  useAct,
  useAsk,
  useLive,
  useSession,
  type Acting,
  type Answer,
  type Ask,
  type Asked,
  type Happened,
  type MethodName,
  type OwnApp,
} from "../../kit";
import { held } from "../../kit/session";
import { remember, remembered, store } from "../../kit/store";

/** As the app, or as the signed-in person through the wallet's app. */
export type Who = "app" | "person";

const chosen = store<string | null>(remembered("app"));
const ORDER = ["operator", "isv", "merchant"];

export function chooseApp(app_id: string): void {
  remember("app", app_id);
  chosen.set(app_id);
}

/** The apps that one can act as here: the wallet is none of them, though it has an owner. */
export const usableApps = (apps: OwnApp[]): OwnApp[] =>
  apps.filter((app) => ORDER.includes(app.role)).sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));

function among(apps: OwnApp[], app_id: string | null): OwnApp | undefined {
  const usable = usableApps(apps);
  return usable.find((app) => app.app_id === app_id) ?? usable[0];
}

/** The app one acts as, if the person has any. */
export function useAppIfAny(): OwnApp | undefined {
  const app_id = chosen.use();
  return among(useSession()?.apps ?? [], app_id);
}

/** The app one acts as. */
export function useApp(): OwnApp {
  const app = useAppIfAny();
  if (!app) throw new Error("This page needs an application.");
  return app;
}

function appIn(as: Who): string | undefined {
  return as === "person" ? undefined : among(held()?.session.apps ?? [], chosen.get())?.app_id;
}

export interface Asking {
  as?: Who;
  keep?: number; // milliseconds for which an answer is good
  every?: number; // milliseconds after which it is asked again
  hold?: boolean; // show the last answer until the next is there
}

export function useAppAsk<M extends MethodName>(
  method: M,
  ask: Ask<M> | null,
  { as = "app", ...how }: Asking = {},
): Asked<M> {
  const app = useAppIfAny()?.app_id;
  return useAsk(method, as === "app" && !app ? null : ask, { ...how, app: as === "app" ? app : undefined });
}

export function useAppAct<M extends MethodName>(
  method: M,
  { as = "app", changes }: { as?: Who; changes?: string[] } = {},
): Acting<M> {
  const app = useAppIfAny()?.app_id;
  return useAct(method, { changes, app: as === "app" ? app : undefined });
}

export function appCall<M extends MethodName>(
  method: M,
  ask?: Ask<M>,
  { as = "app" }: { as?: Who } = {},
): Promise<Answer<M>> {
  return call(method, ask, { app: appIn(as) });
}

export function useAppLive(names: string[], onEvent: (event: Happened) => void): void {
  useLive(names, onEvent, useAppIfAny()?.app_id);
}
