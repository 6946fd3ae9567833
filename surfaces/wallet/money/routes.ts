import type { Routes } from "../routes";

export default [
  { path: "/money", page: () => import("./Money") },
  { path: "/money/topup", page: () => import("./TopUp") },
  { path: "/money/withdraw", page: () => import("./Withdraw") },
  { path: "/money/cards", page: () => import("./BankCards") },
  { path: "/money/cards/bind", page: () => import("./BindCard") },
  { path: "/money/transfer", page: () => import("./Transfer") },
  { path: "/money/to/:payee", page: () => import("./SendTo") },
  { path: "/money/collect", page: () => import("./Collect") },
  { path: "/money/code", page: () => import("./PayCode") },
  { path: "/money/scan", page: () => import("./Scan") },
  { path: "/money/pay/:token", page: () => import("./Checkout") },
  { path: "/money/packets", page: () => import("./Packets") },
  { path: "/money/packets/send", page: () => import("./SendPacket") },
  { path: "/money/packet/:id", page: () => import("./Packet") },
  { path: "/money/bills", page: () => import("./Bills") },
  { path: "/money/bill/:id", page: () => import("./Bill") },
  { path: "/money/orders", page: () => import("./Orders") },
  { path: "/money/order/:trade_no", page: () => import("./Order") },
  { path: "/money/deposits", page: () => import("./Deposits") },
] satisfies Routes;
