// How orders stand, as their buyer reads it.
import { defineWords, type Answer } from "../../kit";

export type Order = Answer<"kaifang.trade.list">["orders"][number];

const useWords = defineWords({
  WAIT_BUYER_PAY: { zh: "等待付款", en: "To be paid" },
  TRADE_SUCCESS: { zh: "已付款", en: "Paid" },
  TRADE_FINISHED: { zh: "已完成", en: "Finished" },
  TRADE_CLOSED: { zh: "已关闭", en: "Closed" },
  WAITING: { zh: "待确认收货", en: "To be received" },
  DISPUTED: { zh: "争议处理中", en: "Disputed" },
  refunded: { zh: "已退款", en: "Refunded" },
  part: { zh: "部分退款", en: "Partly refunded" },
});

export function useStanding(): (order: Order) => string {
  const w = useWords();
  return (order) => {
    if (order.escrow === "WAITING" || order.escrow === "DISPUTED") return w[order.escrow];
    if (order.refunded !== "0.00") return order.refunded === order.total_amount ? w.refunded : w.part;
    return w[order.trade_status as "TRADE_SUCCESS"];
  };
}
