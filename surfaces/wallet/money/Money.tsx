// One's money: the balance, what can be done with it, and what moved last.
import {
  BankcardOutline,
  BillOutline,
  EyeInvisibleOutline,
  EyeOutline,
  FileOutline,
  GiftOutline,
  HistogramOutline,
  LockOutline,
  ReceivePaymentOutline,
  RightOutline,
  ScanCodeOutline,
  ScanningOutline,
  UserContactOutline,
} from "antd-mobile-icons";
import { useState } from "react";
import { askAgain, defineWords, Empty, Problem, useAsk, useLive, yuan } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { BillLine } from "./BillLine";
import { MOVED } from "./moved";
import "./money.css";

const useWords = defineWords({
  title: { zh: "资金", en: "Money" },
  balance: { zh: "账户余额", en: "Balance" },
  frozen: { zh: "其中冻结 {amount}", en: "{amount} set aside" },
  hide: { zh: "隐藏金额", en: "Hide amounts" },
  show: { zh: "显示金额", en: "Show amounts" },
  topup: { zh: "充值", en: "Top up" },
  withdraw: { zh: "提现", en: "Withdraw" },
  acts: { zh: "收付款", en: "Pay and be paid" },
  scan: { zh: "扫一扫", en: "Scan" },
  code: { zh: "付款码", en: "Pay code" },
  collect: { zh: "收款", en: "Collect" },
  transfer: { zh: "转账", en: "Transfer" },
  packets: { zh: "红包", en: "Red packets" },
  cards: { zh: "银行卡", en: "Bank cards" },
  orders: { zh: "我的订单", en: "Orders" },
  month: { zh: "月账单", en: "My month" },
  receipts: { zh: "回单与证明", en: "Receipts" },
  deposits: { zh: "押金与冻结", en: "Deposits" },
  recent: { zh: "最近账单", en: "Latest" },
  all: { zh: "全部账单", en: "All bills" },
  nothing: { zh: "还没有账单。先给余额充点钱吧。", en: "Nothing has moved yet. Top up your balance to begin." },
});

const ACTS = [
  { to: "/scan", name: "scan", Icon: ScanningOutline },
  { to: "/paycode", name: "code", Icon: ScanCodeOutline },
  { to: "/collect", name: "collect", Icon: ReceivePaymentOutline },
  { to: "/money/transfer", name: "transfer", Icon: UserContactOutline },
  { to: "/money/packets", name: "packets", Icon: GiftOutline },
] as const;

const PLACES = [
  { to: "/money/cards", name: "cards", Icon: BankcardOutline },
  { to: "/money/orders", name: "orders", Icon: BillOutline },
  { to: "/money/month", name: "month", Icon: HistogramOutline },
  { to: "/money/receipts", name: "receipts", Icon: FileOutline },
  { to: "/money/deposits", name: "deposits", Icon: LockOutline },
] as const;

export default function Money() {
  const w = useWords();
  useLive(["trade.", "transfer.", "redpacket.", "freeze.", "settlement."], () => void askAgain(...MOVED));
  return (
    <Page title={w.title} back={false}>
      <Balance />
      <nav className="box m-acts" aria-label={w.acts}>
        {ACTS.map(({ to, name, Icon }) => (
          <a key={to} href={`#${to}`}>
            <Icon aria-hidden />
            {w[name]}
          </a>
        ))}
      </nav>
      <nav className="box m-places" aria-label={w.title}>
        {PLACES.map(({ to, name, Icon }) => (
          <a key={to} className="m-row" href={`#${to}`}>
            <Icon aria-hidden />
            <span>{w[name]}</span>
            <RightOutline aria-hidden />
          </a>
        ))}
      </nav>
      <Latest />
    </Page>
  );
}

function Balance() {
  const w = useWords();
  const [hidden, setHidden] = useState(false);
  const { data, problem, again } = useAsk("kaifang.wallet.balance", {});
  if (problem) return <Problem problem={problem} again={again} />;
  return (
    <section className="box m-balance" aria-busy={!data}>
      <div className="m-balance-head">
        <h2>{w.balance}</h2>
        <button
          type="button"
          className="m-icon"
          aria-label={hidden ? w.show : w.hide}
          onClick={() => setHidden(!hidden)}
        >
          {hidden ? <EyeInvisibleOutline aria-hidden /> : <EyeOutline aria-hidden />}
        </button>
      </div>
      <p className="m-amount">{hidden ? "****" : yuan(data?.available) || "…"}</p>
      {data && data.frozen !== "0.00" && !hidden && (
        <a className="m-frozen" href="#/money/deposits">
          {w("frozen", { amount: yuan(data.frozen) })}
        </a>
      )}
      <div className="m-two">
        <a href="#/money/topup">{w.topup}</a>
        <a href="#/money/withdraw">{w.withdraw}</a>
      </div>
    </section>
  );
}

function Latest() {
  const w = useWords();
  const { data, problem, loading, again } = useAsk("kaifang.wallet.bills", { limit: 5 });
  return (
    <section className="box">
      <div className="m-head">
        <h2>{w.recent}</h2>
        <a href="#/money/bills">{w.all}</a>
      </div>
      {problem && <Problem problem={problem} again={again} />}
      {loading && <Waiting lines={3} />}
      {data?.bills.length === 0 && <Empty action={<a href="#/money/topup">{w.topup}</a>}>{w.nothing}</Empty>}
      <ul className="m-list">
        {data?.bills.map((bill) => (
          <BillLine key={bill.bill_id} bill={bill} />
        ))}
      </ul>
    </section>
  );
}
