// What the console shows to developers.
import {
  ApiOutlined,
  AppstoreOutlined,
  BellOutlined,
  CodeOutlined,
  HistoryOutlined,
  KeyOutlined,
  NotificationOutlined,
  ThunderboltOutlined,
} from "@ant-design/icons";
import { lazy } from "react";
import type { Role } from "../role";
import "./look.css";

const log = { zh: "发生了什么", en: "What happened" };

export const developer: Role = {
  key: "developer",
  title: { zh: "开发者", en: "Developer" },
  icon: <CodeOutlined />,
  pages: [
    {
      path: "",
      title: { zh: "应用", en: "Applications" },
      icon: <AppstoreOutlined />,
      alone: true,
      view: lazy(() => import("./apps/Apps")),
    },
    {
      path: "apps/:app_id",
      title: { zh: "应用", en: "Application" },
      under: "",
      alone: true,
      view: lazy(() => import("./apps/OneApp")),
    },
    {
      path: "keys",
      title: { zh: "密钥工具", en: "Key tools" },
      icon: <KeyOutlined />,
      alone: true,
      view: lazy(() => import("./keys/Keys")),
    },
    {
      path: "explorer",
      title: { zh: "接口", en: "API explorer" },
      icon: <ApiOutlined />,
      alone: true,
      view: lazy(() => import("./explorer/Methods")),
    },
    {
      path: "explorer/:method",
      title: { zh: "接口", en: "Method" },
      under: "explorer",
      alone: true,
      view: lazy(() => import("./explorer/Method")),
    },
    {
      path: "requests",
      title: { zh: "请求", en: "Requests" },
      icon: <HistoryOutlined />,
      group: log,
      view: lazy(() => import("./logs/Calls")),
    },
    {
      path: "requests/:trace",
      title: { zh: "请求", en: "Request" },
      under: "requests",
      view: lazy(() => import("./logs/OneRequest")),
    },
    {
      path: "notices",
      title: { zh: "通知", en: "Notifications" },
      icon: <BellOutlined />,
      group: log,
      view: lazy(() => import("./notices/Notices")),
    },
    {
      path: "notices/:notify_id",
      title: { zh: "通知", en: "Notification" },
      under: "notices",
      view: lazy(() => import("./notices/OneNotice")),
    },
    {
      path: "subscriptions",
      title: { zh: "消息订阅", en: "Subscriptions" },
      icon: <NotificationOutlined />,
      group: log,
      view: lazy(() => import("./notices/Subscriptions")),
    },
    {
      path: "triggers",
      title: { zh: "触发事件", en: "Triggers" },
      icon: <ThunderboltOutlined />,
      group: log,
      view: lazy(() => import("./notices/Triggers")),
    },
  ],
};
