// What the console shows to this role.
import { TeamOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Role } from "../role";

export const provider: Role = {
  key: "provider",
  title: { zh: "服务商", en: "Service provider" },
  icon: <TeamOutlined />,
  pages: [
    {
      path: "",
      title: { zh: "服务商", en: "Service provider" },
      icon: <TeamOutlined />,
      view: lazy(() => import("./First")),
    },
  ],
};
