// What the console shows to those who run the platform.
import {
  AccountBookOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BellOutlined,
  ClockCircleOutlined,
  ControlOutlined,
  DashboardOutlined,
  FileSearchOutlined,
  PoweroffOutlined,
  SafetyOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import { lazy } from "react";
import type { Role } from "../role";
import "./look.css";

const RUNS = { zh: "运行", en: "Running" };
const WHO = { zh: "参与者", en: "Who takes part" };
const BOOKS = { zh: "账目", en: "Books" };
const OPEN = { zh: "开放", en: "What is open" };

export const operator: Role = {
  key: "operator",
  title: { zh: "运营", en: "Operator" },
  icon: <ControlOutlined />,
  pages: [
    {
      path: "",
      title: { zh: "概况", en: "Overview" },
      icon: <DashboardOutlined />,
      view: lazy(() => import("./today/Today")),
    },
    {
      path: "parties",
      title: { zh: "用户与商家", en: "People and merchants" },
      icon: <TeamOutlined />,
      group: WHO,
      view: lazy(() => import("./parties/Parties")),
    },
    {
      path: "parties/:user_id",
      title: { zh: "用户或商家", en: "Party" },
      under: "parties",
      view: lazy(() => import("./parties/Party")),
    },
    {
      path: "apps",
      title: { zh: "应用与限流", en: "Applications and limits" },
      icon: <AppstoreOutlined />,
      group: WHO,
      view: lazy(() => import("./parties/Apps")),
    },
    {
      path: "reviews",
      title: { zh: "审核", en: "Reviews" },
      icon: <AuditOutlined />,
      group: WHO,
      view: lazy(() => import("./reviews/Reviews")),
    },
    {
      path: "reviews/rules",
      title: { zh: "审核规则", en: "How things are reviewed" },
      icon: <SafetyOutlined />,
      group: WHO,
      view: lazy(() => import("./reviews/Rules")),
    },
    {
      path: "journal",
      title: { zh: "账目流水", en: "Journal" },
      icon: <FileSearchOutlined />,
      group: BOOKS,
      view: lazy(() => import("./journal/Journal")),
    },
    {
      path: "journal/of/:owner",
      title: { zh: "某人的流水", en: "Journal of" },
      under: "journal",
      view: lazy(() => import("./journal/Journal")),
    },
    {
      path: "journal/entry/:place",
      title: { zh: "流水", en: "Entry" },
      under: "journal",
      view: lazy(() => import("./journal/Entry")),
    },
    {
      path: "trace/:subject",
      title: { zh: "追踪", en: "Trace" },
      under: "journal",
      view: lazy(() => import("./journal/Trace")),
    },
    {
      path: "books",
      title: { zh: "对账", en: "Reconciliation" },
      icon: <AccountBookOutlined />,
      group: BOOKS,
      view: lazy(() => import("./books/Books")),
    },
    {
      path: "banks",
      title: { zh: "银行", en: "Banks" },
      icon: <BankOutlined />,
      group: BOOKS,
      view: lazy(() => import("./books/Banks")),
    },
    {
      path: "events",
      title: { zh: "事件", en: "Events" },
      icon: <ThunderboltOutlined />,
      group: RUNS,
      view: lazy(() => import("./journal/Events")),
    },
    {
      path: "queue",
      title: { zh: "通知队列", en: "Notification queue" },
      icon: <BellOutlined />,
      group: RUNS,
      view: lazy(() => import("./queue/Queue")),
    },
    {
      path: "clock",
      title: { zh: "时钟", en: "Clock" },
      icon: <ClockCircleOutlined />,
      group: RUNS,
      view: lazy(() => import("./clock/Clock")),
    },
    {
      path: "catalogue",
      title: { zh: "能力目录", en: "Catalogue" },
      icon: <UnorderedListOutlined />,
      group: OPEN,
      view: lazy(() => import("./catalogue/Catalogue")),
    },
    {
      path: "catalogue/:capability",
      title: { zh: "能力", en: "Capability" },
      under: "catalogue",
      view: lazy(() => import("./catalogue/Capability")),
    },
    {
      path: "switches",
      title: { zh: "开关", en: "Switches" },
      icon: <PoweroffOutlined />,
      group: OPEN,
      view: lazy(() => import("./switches/Switches")),
    },
  ],
};
