// The wallet's own pages as the grid of the home page shows them; kept on the platform as page:NAME.
import {
  BankcardOutline,
  BillOutline,
  CheckShieldOutline,
  CollectMoneyOutline,
  CouponOutline,
  EnvironmentOutline,
  GiftOutline,
  LockOutline,
  MailOutline,
  PayCircleOutline,
  SendOutline,
  StarOutline,
  TruckOutline,
} from "antd-mobile-icons";
import type { ComponentType } from "react";
import type { Said } from "../../kit/words";

export interface OwnPage {
  path: string;
  Icon: ComponentType;
  said: Said;
}

const page = (path: string, Icon: ComponentType, zh: string, en: string): OwnPage => ({ path, Icon, said: { zh, en } });

export const OWN: Record<string, OwnPage> = {
  "page:transfer": page("/money/transfer", SendOutline, "转账", "Transfer"),
  "page:bills": page("/money/bills", BillOutline, "账单", "Bills"),
  "page:red_packet": page("/money/packets", GiftOutline, "红包", "Red packets"),
  "page:vouchers": page("/cards/vouchers", CouponOutline, "优惠券", "Vouchers"),
  "page:wufu": page("/wufu", StarOutline, "集五福", "Five blessings"),
  "page:shops": page("/shops", EnvironmentOutline, "附近", "Near me"),
  "page:orders": page("/money/orders", TruckOutline, "订单", "Orders"),
  "page:bank": page("/money/cards", BankcardOutline, "银行卡", "Bank cards"),
  "page:top_up": page("/money/topup", PayCircleOutline, "充值", "Top up"),
  "page:collect": page("/money/collect", CollectMoneyOutline, "收款", "Collect"),
  "page:deposits": page("/money/deposits", LockOutline, "押金", "Deposits"),
  "page:consents": page("/me/authorisations", CheckShieldOutline, "授权", "Consents"),
  "page:messages": page("/messages", MailOutline, "消息", "Messages"),
};

export const FIRST = ["transfer", "bills", "red_packet", "vouchers", "wufu", "shops", "orders"].map(
  (name) => `page:${name}`,
);
