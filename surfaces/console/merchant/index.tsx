// What the console shows to merchants.
import {
  AccountBookOutlined,
  AppstoreOutlined,
  FireOutlined,
  FunnelPlotOutlined,
  GiftOutlined,
  HomeOutlined,
  IdcardOutlined,
  MessageOutlined,
  NotificationOutlined,
  RollbackOutlined,
  ShopOutlined,
  ShoppingOutlined,
  TagsOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import { lazy } from "react";
import type { Role } from "../role";
import "./merchant.css";

const SELL = { zh: "经营", en: "Selling" };
const REACH = { zh: "营销", en: "Marketing" };
const MORE = { zh: "服务", en: "Services" };

export const merchant: Role = {
  key: "merchant",
  title: { zh: "商家", en: "Merchant" },
  icon: <ShopOutlined />,
  pages: [
    { path: "", title: { zh: "今天", en: "Today" }, icon: <HomeOutlined />, view: lazy(() => import("./today/Today")) },
    {
      path: "orders",
      title: { zh: "订单", en: "Orders" },
      icon: <ShoppingOutlined />,
      group: SELL,
      view: lazy(() => import("./orders/Orders")),
    },
    {
      path: "orders/:trade_no",
      title: { zh: "订单详情", en: "Order" },
      under: "orders",
      view: lazy(() => import("./orders/Order")),
    },
    {
      path: "refunds",
      title: { zh: "退款", en: "Refunds" },
      icon: <RollbackOutlined />,
      group: SELL,
      view: lazy(() => import("./orders/Refunds")),
    },
    {
      path: "shops",
      title: { zh: "门店", en: "Shops" },
      icon: <ShopOutlined />,
      group: SELL,
      view: lazy(() => import("./shops/Shops")),
    },
    {
      path: "shops/:shop_id",
      title: { zh: "门店详情", en: "Shop" },
      under: "shops",
      view: lazy(() => import("./shops/Shop")),
    },
    {
      path: "complaints",
      title: { zh: "投诉", en: "Complaints" },
      icon: <MessageOutlined />,
      group: SELL,
      view: lazy(() => import("./complaints/Complaints")),
    },
    {
      path: "complaints/:id",
      title: { zh: "投诉详情", en: "Complaint" },
      under: "complaints",
      view: lazy(() => import("./complaints/Complaint")),
    },
    {
      path: "statements",
      title: { zh: "账单", en: "Statements" },
      icon: <AccountBookOutlined />,
      group: SELL,
      view: lazy(() => import("./statements/Statements")),
    },
    {
      path: "members",
      title: { zh: "会员", en: "Members" },
      icon: <IdcardOutlined />,
      group: REACH,
      view: lazy(() => import("./members/Members")),
    },
    {
      path: "members/:card",
      title: { zh: "会员详情", en: "Member" },
      under: "members",
      view: lazy(() => import("./members/Member")),
    },
    {
      path: "vouchers",
      title: { zh: "优惠券", en: "Vouchers" },
      icon: <TagsOutlined />,
      group: REACH,
      view: lazy(() => import("./vouchers/Vouchers")),
    },
    {
      path: "vouchers/:activity_id",
      title: { zh: "活动详情", en: "Activity" },
      under: "vouchers",
      view: lazy(() => import("./vouchers/Activity")),
    },
    {
      path: "wufu",
      title: { zh: "五福", en: "Wufu" },
      icon: <GiftOutlined />,
      group: REACH,
      view: lazy(() => import("./wufu/Handouts")),
    },
    {
      path: "slots",
      title: { zh: "流量位", en: "Slots" },
      icon: <NotificationOutlined />,
      group: REACH,
      view: lazy(() => import("./slots/Slots")),
    },
    {
      path: "slots/:placement_id",
      title: { zh: "投放详情", en: "Placement" },
      under: "slots",
      view: lazy(() => import("./slots/Placement")),
    },
    {
      path: "funnel",
      title: { zh: "转化漏斗", en: "Funnel" },
      icon: <FunnelPlotOutlined />,
      group: REACH,
      view: lazy(() => import("./insight/Funnel")),
    },
    {
      path: "retention",
      title: { zh: "留存", en: "Retention" },
      icon: <TeamOutlined />,
      group: REACH,
      view: lazy(() => import("./insight/Retention")),
    },
    {
      path: "recipes",
      title: { zh: "解决方案", en: "Recipes" },
      icon: <AppstoreOutlined />,
      group: MORE,
      view: lazy(() => import("./recipes/Catalogue")),
    },
    {
      path: "recipes/:recipe",
      title: { zh: "解决方案详情", en: "Recipe" },
      under: "recipes",
      view: lazy(() => import("./recipes/Recipe")),
    },
    {
      path: "installed",
      title: { zh: "已安装", en: "Installed" },
      icon: <FireOutlined />,
      group: MORE,
      view: lazy(() => import("./recipes/Installed")),
    },
    {
      path: "installed/:installation_id",
      title: { zh: "运行情况", en: "Installation" },
      under: "installed",
      view: lazy(() => import("./recipes/Installation")),
    },
  ],
};
