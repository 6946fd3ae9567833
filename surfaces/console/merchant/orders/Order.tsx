// One order: how it stands, what happened to it, what it was paid with, and giving it back.
import { Timeline } from "antd";
import { defineWords, moment, yuan, type Answer } from "../../../kit";
import { Act, Asked, Figure, Part, Sheet, Term, useAppAsk, useAppLive } from "../../shared";
import { Money } from "./Money";
import { RefundButton } from "./RefundButton";

const useWords = defineWords({
  order: { zh: "下单", en: "Ordered" },
  pay: { zh: "付款", en: "Paid" },
  refund: { zh: "退款", en: "Refunded" },
  settle: { zh: "结算给你", en: "Settled to you" },
  share: { zh: "分账", en: "Shared with others" },
  close: { zh: "关闭", en: "Closed" },
  finish: { zh: "完结", en: "Finished" },
  history: { zh: "经过", en: "What happened" },
  waiting: { zh: "等待执行的退款 {number}", en: "Refund {number}, not carried out yet" },
  money: { zh: "金额与付款", en: "Money" },
  state: { zh: "状态", en: "State" },
  total: { zh: "订单金额", en: "Total" },
  received: { zh: "实收", en: "Received" },
  left: { zh: "可退", en: "Can be refunded" },
  settles: { zh: "{moment} 自动结算", en: "settled by itself on {moment}" },
  dispute: { zh: "争议：{reason}", en: "Disputed: {reason}" },
});

const CLOSE = { zh: "关闭订单", en: "Close the order" };
const CLOSES = { zh: "关闭后买家不能再付款。", en: "The buyer cannot pay it any more." };
const CHANGES = ["kaifang.trade.history", "alipay.trade.query", "kaifang.business."];
const ASK_ALL = ["trade_settle_info", "req_goods_detail"];

export default function Order({ trade_no }: { trade_no: string }) {
  const w = useWords();
  const trade = useAppAsk("alipay.trade.query", { trade_no, query_options: ASK_ALL });
  const history = useAppAsk("kaifang.trade.history", { trade_no });
  useAppLive(["trade.pay", "trade.refund", "trade.close", "settlement.settle", "trade.share"], ({ subject }) => {
    if (subject !== trade_no) return;
    void trade.again();
    void history.again();
  });
  return (
    <Sheet
      title={trade.data?.subject ?? trade_no}
      lead={trade.data && `${trade.data.out_trade_no} · ${trade_no}`}
      extra={<Acts trade={trade.data} history={history.data} />}
    >
      <Asked of={trade}>
        {(told) => (
          <div className="m-figures">
            <Figure
              title={w.state}
              value={<Term value={told.trade_status} />}
              note={history.data && standing(history.data, w)}
            />
            <Figure title={w.total} value={yuan(told.total_amount)} />
            <Figure title={w.received} value={yuan(told.receipt_amount)} />
            <Figure title={w.left} value={yuan(history.data?.refundable)} />
          </div>
        )}
      </Asked>
      <div className="c-columns">
        <Part title={w.history}>
          <Asked of={history}>{(told) => <History told={told} />}</Asked>
        </Part>
        <Part title={w.money}>
          <Asked of={trade}>{(told) => <Money told={told} />}</Asked>
        </Part>
      </div>
    </Sheet>
  );
}

type Followed = Answer<"kaifang.trade.history">;
type Found = Answer<"alipay.trade.query">;

function standing(told: Followed, w: ReturnType<typeof useWords>): string | undefined {
  if (told.dispute) return w("dispute", { reason: told.dispute });
  return told.settles ? w("settles", { moment: moment(told.settles) }) : undefined;
}

function Acts({ trade, history }: { trade?: Found; history?: Followed }) {
  if (!trade || !history) return null;
  const { trade_no } = trade;
  if (trade.trade_status === "WAIT_BUYER_PAY") {
    return <Act method="alipay.trade.close" ask={{ trade_no }} label={CLOSE} sure={CLOSES} danger changes={CHANGES} />;
  }
  if (Number(history.refundable) === 0) return null;
  return <RefundButton trade_no={trade_no} most={history.refundable} buyer={trade.buyer_logon_id} changes={CHANGES} />;
}

function History({ told }: { told: Followed }) {
  const w = useWords();
  const done = told.deeds.map((deed) => ({
    color: deed.what === "refund" || deed.what === "close" ? "red" : "green",
    content: (
      <>
        <strong>{w[deed.what as "pay"]}</strong> {Number(deed.amount) > 0 && yuan(deed.amount)}{" "}
        <span className="c-quiet">
          {moment(deed.at)} {deed.number} {deed.reason}
        </span>
      </>
    ),
  }));
  const waiting = (told.waiting ?? []).map((one) => ({
    color: "gray",
    content: (
      <>
        {w("waiting", { number: one.out_request_no })} {yuan(one.amount)} <Term value={one.state} /> {one.error}
      </>
    ),
  }));
  return <Timeline items={[...done, ...waiting]} />;
}
