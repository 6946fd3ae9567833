import type { Routes } from "../routes";

export default [{ path: "/", page: () => import("./Home") }] satisfies Routes;
