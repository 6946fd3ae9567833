// What an order was for, who paid it with what, and where its money went.
import { Descriptions, Tag } from "antd";
import type { ReactNode } from "react";
import { defineWords, moment, yuan, type Answer } from "../../../kit";

const useWords = defineWords({
  buyer: { zh: "买家", en: "Buyer" },
  paid: { zh: "付款时间", en: "Paid" },
  amount: { zh: "买家实付", en: "The buyer paid" },
  with: { zh: "付款方式", en: "Paid with" },
  balance: { zh: "余额", en: "Balance" },
  card: { zh: "银行卡", en: "Bank card" },
  points: { zh: "积分", en: "Points" },
  yours: { zh: "你承担的优惠", en: "Taken off by you" },
  others: { zh: "他人承担的优惠", en: "Taken off by others" },
  vouchers: { zh: "用券", en: "Vouchers" },
  fee: { zh: "手续费", en: "Fee" },
  shop: { zh: "门店", en: "Shop" },
  till: { zh: "收银台", en: "Till" },
  goods: { zh: "商品", en: "Goods" },
  unsettled: { zh: "待结算", en: "To be settled" },
  shared: { zh: "分账", en: "Shared with" },
  body: { zh: "说明", en: "At length" },
});

type Found = Answer<"alipay.trade.query">;
type Words = ReturnType<typeof useWords>;

export function Money({ told }: { told: Found }) {
  const w = useWords();
  const items = lines(told, w)
    .filter(([, value]) => value)
    .map(([label, children]) => ({ key: label, label, children }));
  return <Descriptions bordered size="small" column={1} className="c-detail" items={items} />;
}

function lines(told: Found, w: Words): [string, ReactNode][] {
  const settled = told.trade_settle_info;
  const shares = (settled?.trade_settle_detail_list ?? []).filter((one) => one.operation_type === "transfer");
  return [
    [w.buyer, told.buyer_logon_id],
    [w.paid, told.send_pay_date && moment(told.send_pay_date)],
    [w.amount, told.send_pay_date && yuan(told.buyer_pay_amount)],
    [w.with, list((told.fund_bill_list ?? []).map((one) => `${channel(one.fund_channel, w)} ${yuan(one.amount)}`))],
    [w.vouchers, list((told.voucher_detail_list ?? []).map((one) => `${one.name} −${yuan(one.amount)}`))],
    [w.fee, told.charge_amount && yuan(told.charge_amount)],
    [w.unsettled, settled?.trade_unsettled_amount && yuan(settled.trade_unsettled_amount)],
    [w.shared, list(shares.map((one) => `${one.trans_in} ${yuan(one.amount)}`))],
    [w.shop, told.store_id],
    [w.till, told.terminal_id],
    [w.goods, list((told.req_goods_detail ?? []).map((one) => `${one.goods_name} × ${one.quantity}`))],
    [w.body, told.body],
  ];
}

const list = (texts: string[]): ReactNode => texts.length > 0 && texts.map((text, at) => <Tag key={at}>{text}</Tag>);

function channel(name: string, w: Words): string {
  const known: Record<string, string> = {
    ALIPAYACCOUNT: w.balance,
    BANKCARD: w.card,
    POINT: w.points,
    MDISCOUNT: w.yours,
    DISCOUNT: w.others,
  };
  return known[name] ?? name;
}
