// What the console shows to this role.
import { ControlOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Role } from "../role";

export const operator: Role = {
  key: "operator",
  title: { zh: "运营", en: "Operator" },
  icon: <ControlOutlined />,
  pages: [
    { path: "", title: { zh: "运营", en: "Operator" }, icon: <ControlOutlined />, view: lazy(() => import("./First")) },
  ],
};
