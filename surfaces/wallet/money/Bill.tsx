// One bill at length: what for, what was taken off, what came back, the paper that proves it.
import { Button } from "antd-mobile";
import { RightOutline } from "antd-mobile-icons";
import { defineWords, download, moment, Problem, useAct, useAsk, yuan } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { sides } from "./amount";
import { useKinds, useStates, type Kind, type State } from "./bill";
import { bytes } from "./bytes";
import { Facts } from "./Facts";
import "./money.css";

const useWords = defineWords({
  title: { zh: "账单详情", en: "Bill" },
  kind: { zh: "类型", en: "Kind" },
  at: { zh: "时间", en: "When" },
  with: { zh: "对方", en: "With" },
  for: { zh: "说明", en: "What for" },
  note: { zh: "备注", en: "Note" },
  paidWith: { zh: "银行卡", en: "Bank card" },
  tail: { zh: "尾号 {tail}", en: "ending in {tail}" },
  after: { zh: "变动后余额", en: "Left afterwards" },
  total: { zh: "订单金额", en: "The order came to" },
  off: { zh: "优惠", en: "Taken off" },
  number: { zh: "订单号", en: "Number" },
  outNo: { zh: "商家订单号", en: "The merchant's number" },
  own: { zh: "自己账户之间，不计收支", en: "Between your own purses: neither spent nor received" },
  refunds: { zh: "退款记录", en: "What came back" },
  receipt: { zh: "下载电子回单（PDF）", en: "Download the receipt (PDF)" },
  order: { zh: "查看订单", en: "See the order" },
});

export default function BillPage({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const { data: bill, problem, loading, again } = useAsk("kaifang.wallet.bill.look", { bill_id: params.id });
  const kinds = useKinds();
  const states = useStates();
  return (
    <Page title={w.title} back="/money/bills">
      {problem && <Problem problem={problem} again={again} />}
      {loading && <Waiting />}
      {bill && (
        <>
          <section className="box m-end">
            <p>
              <bdi>{bill.with_whom ?? bill.title ?? kinds[bill.kind as Kind]}</bdi>
            </p>
            <p className="m-amount">
              {bill.counted && (sides(bill.change).out ? "−" : "+")}
              {yuan(sides(bill.change).amount)}
            </p>
            <p className="quiet">{bill.counted ? states[bill.state as State] : w.own}</p>
          </section>
          <section className="box">
            <Facts
              facts={[
                [w.kind, kinds[bill.kind as Kind]],
                [w.for, bill.title],
                [w.note, bill.note === bill.title ? undefined : bill.note],
                [w.with, bill.with_whom],
                [w.total, bill.let_off ? yuan(bill.total) : undefined],
                [w.off, bill.let_off ? `−${yuan(bill.let_off)} ${bill.vouchers ?? ""}` : undefined],
                [w.paidWith, bill.card_tail ? w("tail", { tail: bill.card_tail }) : undefined],
                [w.after, bill.card_tail ? undefined : yuan(bill.after)],
                [w.at, moment(bill.at)],
                [w.number, bill.trade_no ?? bill.ref],
                [w.outNo, bill.out_no],
              ]}
            />
          </section>
          {bill.refunds && bill.refunds.length > 0 && (
            <section className="box">
              <h2 className="m-heading">{w.refunds}</h2>
              <Facts facts={bill.refunds.map((one) => [`${moment(one.at)} ${one.reason ?? ""}`, yuan(one.amount)])} />
            </section>
          )}
          {bill.why.startsWith("trade.") && bill.trade_no && (
            <a className="box m-row" href={`#/money/order/${bill.trade_no}`}>
              <span>{w.order}</span>
              <RightOutline aria-hidden />
            </a>
          )}
          <Receipt bill_id={bill.bill_id} />
        </>
      )}
    </Page>
  );
}

function Receipt({ bill_id }: { bill_id: string }) {
  const w = useWords();
  const { act, problem, acting } = useAct("kaifang.wallet.bill.receipt");
  const fetchIt = async () => {
    const paper = await act({ bill_id });
    if (paper) download(paper.name, bytes(paper.content), "application/pdf");
  };
  return (
    <>
      {problem && <Problem problem={problem} again={fetchIt} />}
      <Button block loading={acting} onClick={() => void fetchIt()}>
        {w.receipt}
      </Button>
    </>
  );
}
