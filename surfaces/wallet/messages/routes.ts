import type { Routes } from "../routes";

export default [
  { path: "/messages", page: () => import("./Inbox") },
  { path: "/messages/switches", page: () => import("./Switches") },
  { path: "/messages/asked/:id", page: () => import("./Asked") },
  { path: "/messages/:id", page: () => import("./Message") },
] satisfies Routes;
