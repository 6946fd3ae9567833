// What the console shows to this role.
import { ShopOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Role } from "../role";

export const merchant: Role = {
  key: "merchant",
  title: { zh: "商家", en: "Merchant" },
  icon: <ShopOutlined />,
  pages: [
    { path: "", title: { zh: "商家", en: "Merchant" }, icon: <ShopOutlined />, view: lazy(() => import("./First")) },
  ],
};
