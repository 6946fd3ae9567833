// What the console shows to developers.
import { ApiOutlined, AppstoreOutlined, CodeOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Role } from "../role";

export const developer: Role = {
  key: "developer",
  title: { zh: "开发者", en: "Developer" },
  icon: <CodeOutlined />,
  pages: [
    {
      path: "",
      title: { zh: "应用", en: "Applications" },
      icon: <AppstoreOutlined />,
      view: lazy(() => import("./apps/Apps")),
    },
    {
      path: "notices",
      title: { zh: "通知", en: "Notifications" },
      icon: <ApiOutlined />,
      view: lazy(() => import("./notices/Notices")),
    },
  ],
};
