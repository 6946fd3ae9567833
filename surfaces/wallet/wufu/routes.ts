import type { Routes } from "../routes";

export default [
  { path: "/wufu", page: () => import("./Campaigns") },
  { path: "/wufu/gift/:handover", page: () => import("./Gift") },
  { path: "/wufu/place/:handout/:exposure?", page: () => import("./Place") },
  { path: "/wufu/:id", page: () => import("./Campaign") },
  { path: "/wufu/:id/scan", page: () => import("./Scan") },
  { path: "/wufu/:id/friends", page: () => import("./Friends") },
  { path: "/wufu/:id/places", page: () => import("./Places") },
  { path: "/wufu/:id/draws", page: () => import("./Draws") },
  { path: "/wufu/:id/opening", page: () => import("./Opening") },
  { path: "/wufu/:id/fair", page: () => import("./Fair") },
] satisfies Routes;
