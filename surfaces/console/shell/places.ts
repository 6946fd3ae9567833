// Where an address leads: which role's which page, with which parameters.
import type { Page, Role } from "../role";
import { roles as all } from "../roles";

export interface Place {
  role: Role;
  page: Page;
  parameters: Record<string, string>;
}

const SECTIONS: Record<string, Role["key"][]> = {
  operator: ["operator", "developer"],
  isv: ["provider", "merchant", "developer"],
  merchant: ["merchant", "developer"],
};

/** The sections that somebody sees who acts as an app of this role. */
export function rolesFor(role: string | undefined): Role[] {
  const keys = SECTIONS[role ?? ""] ?? ["developer"];
  return keys.flatMap((key) => all.filter((one) => one.key === key));
}

export function placeAt(location: string, roles: Role[]): Place | undefined {
  const [first, ...rest] = location.split("/").filter(Boolean);
  const role = roles.find((one) => one.key === first);
  if (!role) return undefined;
  for (const page of role.pages) {
    const parameters = matched(page.path, rest);
    if (parameters) return { role, page, parameters };
  }
  return undefined;
}

/** The parameters of a path, if it fits; a last one that ends with a star takes all that is left. */
function matched(path: string, parts: string[]): Record<string, string> | undefined {
  const wanted = path.split("/").filter(Boolean);
  if (wanted.length !== parts.length) return undefined;
  const found: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(":")) found[part.slice(1)] = decodeURIComponent(parts[at]!);
    else if (part !== parts[at]) return undefined;
  }
  return found;
}
