// What was given back.
import { defineWords } from "../../../kit";
import { DerivedList, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "退款", en: "Refunds" },
  lead: {
    zh: "默认列出最近 31 天的退款。要退款，请打开对应的订单。",
    en: "The last 31 days unless you say otherwise. To refund, open the order.",
  },
  empty: { zh: "这段时间没有退款。", en: "No refunds in this time." },
});

const SUBJECT = { title: { zh: "商品", en: "What for" }, render: (text: string) => text };

export default function Refunds() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList
        method="kaifang.business.refund.list"
        id="refund_no"
        to={(row) => `merchant/orders/${row.trade_no}`}
        order={["subject", "refund_amount", "refund_reason", "buyer", "gmt_refund", "out_request_no"]}
        shows={["subject", "refund_amount", "refund_reason", "buyer", "gmt_refund", "out_request_no"]}
        filters={{ sort_by: false, ascending: false }}
        columns={{
          subject: SUBJECT,
          store_id: { title: { zh: "门店", en: "Shop" } },
        }}
        live={["trade.refund"]}
        name="refunds"
        empty={w.empty}
      />
    </Sheet>
  );
}
