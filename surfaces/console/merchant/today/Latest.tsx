// The latest orders, as they come in.
import { Table } from "antd";
import { defineWords, moment, yuan } from "../../../kit";
import { Asked, Go, Term, useAppAsk, useAppLive, Wide } from "../../shared";

const useWords = defineWords({
  order: { zh: "订单", en: "Order" },
  amount: { zh: "金额", en: "Amount" },
  state: { zh: "状态", en: "State" },
  at: { zh: "时间", en: "When" },
  none: {
    zh: "还没有订单。收款后，订单会立刻出现在这里。",
    en: "No orders yet. They appear here as soon as somebody pays.",
  },
  all: { zh: "全部订单", en: "All orders" },
});

export function Latest() {
  const w = useWords();
  const asked = useAppAsk("kaifang.business.order.list", { page_size: 6 }, { hold: true });
  useAppLive(["trade.open", "trade.pay", "trade.refund", "trade.close"], () => void asked.again());
  return (
    <Asked of={asked} none={(told) => !told.orders.length} empty={w.none}>
      {(told) => (
        <>
          <Wide label={w.all}>
            <Table
              size="small"
              rowKey="trade_no"
              pagination={false}
              dataSource={told.orders}
              columns={[
                { title: w.order, render: (_, one) => <Go to={`merchant/orders/${one.trade_no}`}>{one.subject}</Go> },
                { title: w.amount, align: "end", render: (_, one) => yuan(one.total_amount) },
                { title: w.state, render: (_, one) => <Term value={one.trade_status} /> },
                { title: w.at, render: (_, one) => moment(one.gmt_create) },
              ]}
            />
          </Wide>
          <p>
            <Go to="merchant/orders">{w.all}</Go>
          </p>
        </>
      )}
    </Asked>
  );
}
