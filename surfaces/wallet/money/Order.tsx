// One order: the goods, the money, what became of both; paying it, receiving it, disputing it.
import { Button } from "antd-mobile";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { call, defineWords, moment, Problem, Refusal, useAct, useAsk, useLive, yuan, type Answer } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { Facts } from "./Facts";
import { MOVED } from "./moved";
import { useStanding } from "./order";
import { SureButton } from "./SureButton";
import "./money.css";

type Looked = Answer<"kaifang.trade.look">;

const useWords = defineWords({
  title: { zh: "订单详情", en: "Order" },
  seller: { zh: "商家", en: "Sold by" },
  goods: { zh: "商品", en: "Goods" },
  total: { zh: "订单金额", en: "In all" },
  paid: { zh: "付款方式", en: "Paid with" },
  balance: { zh: "余额 {amount}", en: "{amount} of the balance" },
  card: { zh: "银行卡 {amount}", en: "{amount} by card" },
  off: { zh: "优惠", en: "Taken off" },
  begun: { zh: "下单时间", en: "Ordered" },
  paidAt: { zh: "付款时间", en: "Paid at" },
  until: { zh: "请在此前付款", en: "To be paid before" },
  settles: { zh: "自动确认收货", en: "Received by itself on" },
  number: { zh: "订单号", en: "Number" },
  outNo: { zh: "商家订单号", en: "The merchant's number" },
  refunds: { zh: "退款记录", en: "What came back" },
  reason: { zh: "争议原因", en: "What you dispute" },
  pay: { zh: "去付款", en: "Pay" },
  receive: { zh: "确认收货", en: "I have received it" },
  sure: { zh: "确认后{amount}将付给商家，不能撤回。", en: "{amount} then goes to the merchant, for good." },
  yes: { zh: "已收到货", en: "I have it" },
  no: { zh: "还没有", en: "Not yet" },
  dispute: { zh: "有问题，发起争议", en: "Something is wrong" },
  why: { zh: "哪里有问题", en: "What is wrong" },
  send: { zh: "提交争议", en: "Open the dispute" },
  held: { zh: "争议期间，货款留在平台，不会付给商家。", en: "Until it is over the money stays with the platform." },
  close: { zh: "撤回争议", en: "Withdraw the dispute" },
});

export default function OrderPage({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const standing = useStanding();
  const { trade_no } = params;
  const { data: order, problem, loading, again } = useAsk("kaifang.trade.look", { trade_no });
  useLive(["trade.", "settlement."], ({ subject }) => subject === trade_no && void again());
  return (
    <Page title={w.title} back="/money/orders">
      {problem && <Problem problem={problem} again={again} />}
      {loading && <Waiting />}
      {order && (
        <>
          <section className="box m-end">
            <p>
              <bdi>{order.subject}</bdi>
            </p>
            <p className="m-amount">{yuan(order.total_amount)}</p>
            <p className="quiet">{standing(order)}</p>
          </section>
          <Acts order={order} />
          <Told order={order} />
        </>
      )}
    </Page>
  );
}

function Told({ order }: { order: Looked }) {
  const w = useWords();
  const paid = order.paid_with.map((part) =>
    w(part.fund_channel === "BANKCARD" ? "card" : "balance", { amount: yuan(part.amount) }),
  );
  return (
    <>
      <section className="box">
        <Facts
          facts={[
            [w.seller, order.seller_name],
            ...order.goods.map((one): [string, string] => [w.goods, `${one.goods_name} ×${one.quantity}`]),
            ...order.taken_off.map((one): [string, string] => [`${w.off} ${one.name}`, `−${yuan(one.amount)}`]),
            [w.paid, paid.join("、")],
            [w.begun, moment(order.gmt_create)],
            [w.paidAt, moment(order.gmt_payment)],
            [w.until, moment(order.expires)],
            [w.settles, moment(order.settles)],
            [w.reason, order.reason],
            [w.number, order.trade_no],
            [w.outNo, order.out_trade_no],
          ]}
        />
      </section>
      {order.refunds.length > 0 && (
        <section className="box">
          <h2 className="m-heading">{w.refunds}</h2>
          <Facts facts={order.refunds.map((one) => [`${moment(one.at)} ${one.reason ?? ""}`, yuan(one.amount)])} />
        </section>
      )}
    </>
  );
}

function Acts({ order }: { order: Looked }) {
  if (order.to_confirm) return <Pay trade_no={order.trade_no} />;
  if (order.escrow === "WAITING") return <Waits order={order} />;
  if (order.escrow === "DISPUTED") return <Disputed trade_no={order.trade_no} />;
  return null;
}

function Pay({ trade_no }: { trade_no: string }) {
  const w = useWords();
  const [, go] = useLocation();
  const [problem, setProblem] = useState<Refusal>();
  const open = async () => {
    try {
      const { path } = await call("kaifang.wallet.scan", { code: trade_no });
      if (path) go(`/money/pay/${path.split("/").pop()}`);
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      setProblem(refused);
    }
  };
  return (
    <>
      {problem && <Problem problem={problem} />}
      <Button block color="primary" size="large" className="m-main" onClick={() => void open()}>
        {w.pay}
      </Button>
    </>
  );
}

/** The money waits until the buyer is content. */
function Waits({ order }: { order: Looked }) {
  const w = useWords();
  const [disputing, setDisputing] = useState(false);
  const { act, problem, acting } = useAct("kaifang.trade.receive", { changes: MOVED });
  return (
    <>
      {problem && <Problem problem={problem} />}
      <SureButton
        main
        question={w("sure", { amount: yuan(order.total_amount) })}
        yes={w.yes}
        no={w.no}
        busy={acting}
        act={() => void act({ trade_no: order.trade_no })}
      >
        {w.receive}
      </SureButton>
      {disputing ? (
        <Dispute trade_no={order.trade_no} />
      ) : (
        <Button block onClick={() => setDisputing(true)}>
          {w.dispute}
        </Button>
      )}
    </>
  );
}

function Dispute({ trade_no }: { trade_no: string }) {
  const w = useWords();
  const [reason, setReason] = useState("");
  const { act, problem, acting } = useAct("kaifang.trade.dispute.open", { changes: MOVED });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ trade_no, reason });
  };
  return (
    <form className="box m-form" onSubmit={submit}>
      <label>
        {w.why}
        <textarea
          required
          autoFocus
          rows={3}
          maxLength={256}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <small>{w.held}</small>
      </label>
      {problem && <Problem problem={problem} />}
      <Button block color="danger" type="submit" loading={acting}>
        {w.send}
      </Button>
    </form>
  );
}

function Disputed({ trade_no }: { trade_no: string }) {
  const w = useWords();
  const { act, problem, acting } = useAct("kaifang.trade.dispute.close", { changes: MOVED });
  return (
    <>
      <p className="quiet">{w.held}</p>
      {problem && <Problem problem={problem} />}
      <Button block loading={acting} onClick={() => void act({ trade_no })}>
        {w.close}
      </Button>
    </>
  );
}
