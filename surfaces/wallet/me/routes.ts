import type { Routes } from "../routes";

export default [
  { path: "/me", page: () => import("./Me") },
  { path: "/me/authorisations", page: () => import("./Authorisations") },
  { path: "/me/devices", page: () => import("./Devices") },
  { path: "/me/passwords", page: () => import("./Passwords") },
  { path: "/me/addresses", page: () => import("./Addresses") },
  { path: "/me/settings", page: () => import("./Settings"), open: true },
] satisfies Routes;
