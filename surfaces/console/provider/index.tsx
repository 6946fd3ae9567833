// What the console shows to service providers.
import {
  AppstoreAddOutlined,
  ContainerOutlined,
  ExperimentOutlined,
  HomeOutlined,
  PercentageOutlined,
  PieChartOutlined,
  ShopOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import { lazy } from "react";
import type { Role } from "../role";
import "./look.css";

const WORK = { zh: "方案与服务", en: "Recipes and services" };
const MONEY = { zh: "收入", en: "Income" };

export const provider: Role = {
  key: "provider",
  title: { zh: "服务商", en: "Service provider" },
  icon: <TeamOutlined />,
  pages: [
    {
      path: "",
      title: { zh: "概况", en: "Overview" },
      icon: <HomeOutlined />,
      view: lazy(() => import("./today/Today")),
    },
    {
      path: "merchants",
      title: { zh: "服务的商家", en: "Merchants served" },
      icon: <ShopOutlined />,
      view: lazy(() => import("./merchants/Merchants")),
    },
    {
      path: "recipes",
      title: { zh: "解决方案", en: "Recipes" },
      icon: <ExperimentOutlined />,
      group: WORK,
      view: lazy(() => import("./recipes/Recipes")),
    },
    {
      path: "recipes/:recipe",
      title: { zh: "解决方案", en: "Recipe" },
      under: "recipes",
      view: lazy(() => import("./recipes/Recipe")),
    },
    {
      path: "recipes/draft/:draft",
      title: { zh: "草稿", en: "Draft" },
      under: "recipes",
      view: lazy(() => import("./recipes/Draft")),
    },
    {
      path: "services",
      title: { zh: "服务商品", en: "Services on sale" },
      icon: <AppstoreAddOutlined />,
      group: WORK,
      view: lazy(() => import("./market/Sale")),
    },
    {
      path: "orders",
      title: { zh: "服务订单", en: "Orders" },
      icon: <ContainerOutlined />,
      group: WORK,
      view: lazy(() => import("./market/Orders")),
    },
    {
      path: "commissions",
      title: { zh: "分佣", en: "Commissions" },
      icon: <PercentageOutlined />,
      group: MONEY,
      view: lazy(() => import("./money/Commissions")),
    },
    {
      path: "shares",
      title: { zh: "方案收入", en: "What recipes earn" },
      icon: <PieChartOutlined />,
      group: MONEY,
      view: lazy(() => import("./money/Shares")),
    },
  ],
};
