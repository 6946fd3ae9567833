// Sending money to somebody whose name is shown first: how much, what for, out of what.
import { useState } from "react";
import { defineWords, Problem, useAct, useAsk, type Answer } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { amountOf } from "./amount";
import { AmountField } from "./AmountField";
import { Channels, useChannels } from "./Channels";
import { Done } from "./Done";
import { MOVED } from "./moved";
import { useNumbers } from "./numbers";
import { PayButton } from "./PayButton";
import "./money.css";

type Payee = Answer<"kaifang.wallet.payee.look">;

const useWords = defineWords({
  title: { zh: "转账", en: "Transfer" },
  to: { zh: "收款人", en: "To" },
  amount: { zh: "转账金额", en: "Amount" },
  asked: { zh: "对方设定的金额", en: "As asked for" },
  remark: { zh: "备注（选填）", en: "What it is for (optional)" },
  check: { zh: "核对对方姓名（选填）", en: "That person's full name, to be checked (optional)" },
  checkHint: { zh: "填写后姓名不符则不会转账", en: "If it is not theirs, nothing is sent" },
  pay: { zh: "确认转账", en: "Transfer" },
  sending: { zh: "转账给 {name}", en: "Transfer to {name}" },
  done: { zh: "转账成功", en: "Transferred" },
  got: { zh: "{name} 已收到", en: "{name} has it" },
  bills: { zh: "查看账单", en: "See the bill" },
  back: { zh: "回到资金", en: "Back to money" },
});

export default function SendTo({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const payee = decodeURIComponent(params.payee);
  const { data, problem, loading, again } = useAsk("kaifang.wallet.payee.look", { payee });
  return (
    <Page title={w.title} back="/money/transfer">
      {problem && <Problem problem={problem} again={again} />}
      {loading && <Waiting />}
      {data && <Form key={payee} payee={payee} found={data} />}
    </Page>
  );
}

function Form({ payee, found }: { payee: string; found: Payee }) {
  const w = useWords();
  const numbers = useNumbers();
  const [typed, setTyped] = useState(found.amount ?? "");
  const [remark, setRemark] = useState(found.remark ?? "");
  const [name, setName] = useState("");
  const [sent, setSent] = useState<{ payee_name?: string; amount: string }>();
  const { act, problem } = useAct("kaifang.wallet.transfer", { changes: MOVED });
  const amount = amountOf(typed);
  const channels = useChannels(amount ? { amount, purpose: "transfer" } : null);
  if (sent) return <Sent {...sent} />;
  const pay = (pay_password: string) => {
    const wish = {
      payee,
      amount: amount!,
      channel: channels.channel,
      remark: remark || undefined,
      name: name || undefined,
    };
    return act({ ...wish, out_biz_no: numbers(wish), pay_password });
  };
  return (
    <div className="box m-form">
      <p className="m-payee">
        <span>{w.to}</span>
        <strong>
          <bdi>{found.name}</bdi>
        </strong>
        <small>{found.masked}</small>
      </p>
      <AmountField
        label={w.amount}
        value={typed}
        onChange={setTyped}
        fixed={Boolean(found.amount)}
        hint={found.amount ? w.asked : undefined}
      />
      <label>
        {w.remark}
        <input
          maxLength={100}
          value={remark}
          readOnly={Boolean(found.remark)}
          onChange={(event) => setRemark(event.target.value)}
        />
      </label>
      {found.kind === "person" && (
        <label>
          {w.check}
          <input maxLength={60} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          <small>{w.checkHint}</small>
        </label>
      )}
      <Channels of={channels} />
      <PayButton
        title={w("sending", { name: found.name })}
        amount={amount}
        disabled={!amount || !channels.channel}
        problem={problem}
        pay={pay}
        done={(told) => setSent({ amount: amount!, payee_name: "payee_name" in told ? told.payee_name : undefined })}
      >
        {w.pay}
      </PayButton>
    </div>
  );
}

function Sent({ payee_name, amount }: { payee_name?: string; amount: string }) {
  const w = useWords();
  return (
    <Done title={w.done} amount={amount}>
      {payee_name && <p>{w("got", { name: payee_name })}</p>}
      <a className="m-button" href="#/money">
        {w.back}
      </a>
      <a className="m-more" href="#/money/bills">
        {w.bills}
      </a>
    </Done>
  );
}
