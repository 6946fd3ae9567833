// What people ordered: found, narrowed, sorted, exported.
import { defineWords } from "../../../kit";
import { DerivedList, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "订单", en: "Orders" },
  lead: {
    zh: "默认列出最近 31 天的订单；点一笔看它的经过，并在那里退款。",
    en: "The last 31 days unless you say otherwise; open an order to follow it, and to refund it.",
  },
  empty: {
    zh: "这段时间没有订单。换一段时间，或清除筛选。",
    en: "No orders in this time. Choose another, or clear the filters.",
  },
});

const SUBJECT = { title: { zh: "商品", en: "What for" }, render: (text: string) => text };

export default function Orders() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList
        method="kaifang.business.order.list"
        to={(row) => `merchant/orders/${row.trade_no}`}
        order={["subject", "total_amount", "trade_status", "refunded", "buyer", "gmt_create", "store_id", "trade_no"]}
        shows={[
          "subject",
          "total_amount",
          "trade_status",
          "refunded",
          "buyer",
          "gmt_create",
          "store_id",
          "out_trade_no",
        ]}
        filters={{ sort_by: false, ascending: false, refunded: { title: { zh: "有退款", en: "With refunds" } } }}
        columns={{
          subject: SUBJECT,
          receipt_amount: { title: { zh: "实收", en: "Received" } },
          refunded: { title: { zh: "已退", en: "Refunded" } },
          escrow: { title: { zh: "担保", en: "Escrow" } },
          store_id: { title: { zh: "门店", en: "Shop" } },
        }}
        live={["trade.open", "trade.pay", "trade.refund", "trade.close"]}
        name="orders"
        empty={w.empty}
      />
    </Sheet>
  );
}
