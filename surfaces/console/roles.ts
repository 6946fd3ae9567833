// The sections of the console.
import { developer } from "./developer";
import { merchant } from "./merchant";
import { operator } from "./operator";
import { provider } from "./provider";
import type { Role } from "./role";

export const roles: Role[] = [merchant, provider, operator, developer];
