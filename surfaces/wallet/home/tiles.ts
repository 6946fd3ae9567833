// What stands in the grid, and what could.
import type { Answer } from "../../kit";
import type { Language } from "../../kit";
import { routes } from "../routes";
import { FIRST, OWN, type OwnPage } from "./apps";

type Mine = Answer<"kaifang.service.app.mine">;

export interface TileOf {
  id: string; // page:NAME, or an app_id
  path: string;
  name: string;
  own?: OwnPage;
}

/** The grid as it was laid out, or the first one; of what is still there. */
export function tiles(mine: Mine | undefined): TileOf[] {
  const laid = mine?.grid.length ? mine.grid : FIRST;
  return laid.map((id) => tile(id, mine)).filter((one) => one !== undefined);
}

/** What is not in the grid, and could be. */
export function others(mine: Mine | undefined, laid: string[]): TileOf[] {
  const apps = [...(mine?.kept ?? []), ...(mine?.recent ?? []), ...(mine?.laid ?? [])].map((one) => one.app_id);
  const ids = new Set([...Object.keys(OWN), ...apps]);
  return [...ids]
    .filter((id) => !laid.includes(id))
    .map((id) => tile(id, mine)!)
    .filter(Boolean);
}

export function nameOf(tile: TileOf, language: Language): string {
  return tile.own?.said[language] ?? tile.name;
}

function tile(id: string, mine: Mine | undefined): TileOf | undefined {
  const own = OWN[id];
  if (own) return offered(own.path) ? { id, path: own.path, name: "", own } : undefined;
  const known = [...(mine?.laid ?? []), ...(mine?.kept ?? []), ...(mine?.recent ?? [])];
  const app = known.find((one) => one.app_id === id);
  return app && { id, path: `/app/${id}`, name: app.name };
}

/** Whether this wallet has such a page. */
function offered(path: string): boolean {
  return routes.some((route) => route.path === path || route.path.startsWith(`${path}/:`));
}
