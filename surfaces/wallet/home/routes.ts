import type { Routes } from "../routes";

export default [
  { path: "/", page: () => import("./Home") },
  { path: "/grid", page: () => import("./EditGrid") },
  { path: "/search", page: () => import("./Search") },
  { path: "/shops", page: () => import("./Shops") },
  { path: "/shops/:id", page: () => import("./Shop") },
  { path: "/app/:id", page: () => import("./MiniApp") },
  { path: "/paid/:trade", page: () => import("./Paid") },
] satisfies Routes;
