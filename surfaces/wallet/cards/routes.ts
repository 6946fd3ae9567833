import type { Routes } from "../routes";

export default [
  { path: "/cards", page: () => import("./Bag") },
  { path: "/cards/card/:id", page: () => import("./Card") },
  { path: "/cards/card/:id/points", page: () => import("./PointLog") },
  { path: "/cards/join", page: () => import("./JoinList") },
  { path: "/cards/join/:template/:exposure?", page: () => import("./Join") },
  { path: "/cards/vouchers/:state?", page: () => import("./Vouchers") },
  { path: "/cards/voucher/:id", page: () => import("./Voucher") },
  { path: "/cards/offers/:sort?", page: () => import("./Offers") },
  { path: "/cards/offer/:id/:exposure?", page: () => import("./Offer") },
  { path: "/cards/points", page: () => import("./Points") },
] satisfies Routes;
