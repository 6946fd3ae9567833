// A code by which people pay one: with any amount, or with one that is set.
import { Button } from "antd-mobile";
import { useEffect, useState, type FormEvent } from "react";
import { askAgain, defineWords, Problem, useAct, useLive, useSession, yuan } from "../../kit";
import { QrCode } from "../../kit/Code";
import { Page } from "../shell/Page";
import { amountOf } from "./amount";
import { AmountField } from "./AmountField";
import { MOVED } from "./moved";
import "./money.css";

const useWords = defineWords({
  title: { zh: "收款", en: "Collect" },
  show: { zh: "让对方扫码向我付款", en: "Let the other person scan this to pay you" },
  code: { zh: "{name}的收款码", en: "The code that pays {name}" },
  set: { zh: "设置金额", en: "Set an amount" },
  clear: { zh: "清除金额", en: "Any amount" },
  amount: { zh: "收款金额", en: "Amount" },
  remark: { zh: "说明（选填）", en: "What it is for (optional)" },
  use: { zh: "确定", en: "Use it" },
  came: { zh: "有新的收款，余额已更新", en: "Somebody has paid you; your balance is up to date" },
});

interface Wish {
  amount?: string;
  remark?: string;
}

export default function Collect() {
  const w = useWords();
  const name = useSession()?.name ?? "";
  const [wish, setWish] = useState<Wish>({});
  const [setting, setSetting] = useState(false);
  const [came, setCame] = useState(false);
  const [link, setLink] = useState<string>();
  const { act, problem } = useAct("kaifang.wallet.collect.make");
  const make = async () => {
    const made = await act(wish);
    if (made) setLink(made.link);
  };
  useEffect(() => void make(), [wish]);
  useLive(["transfer."], () => {
    setCame(true);
    void askAgain(...MOVED);
  });
  return (
    <Page title={w.title} back="/money">
      {problem && <Problem problem={problem} again={make} />}
      <figure className="box m-code" aria-busy={!link}>
        <p>{w.show}</p>
        {link && <QrCode text={link} label={w("code", { name })} />}
        <figcaption>
          <bdi>{name}</bdi>
          {wish.amount && <strong className="m-amount">{yuan(wish.amount)}</strong>}
          {wish.remark && <bdi className="quiet">{wish.remark}</bdi>}
          <span role="status">{came && w.came}</span>
        </figcaption>
      </figure>
      {setting ? (
        <Setting
          use={(next) => {
            setWish(next);
            setSetting(false);
          }}
        />
      ) : (
        <Button block onClick={() => (wish.amount ? setWish({}) : setSetting(true))}>
          {wish.amount ? w.clear : w.set}
        </Button>
      )}
    </Page>
  );
}

function Setting({ use }: { use(wish: Wish): void }) {
  const w = useWords();
  const [typed, setTyped] = useState("");
  const [remark, setRemark] = useState("");
  const amount = amountOf(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amount) use({ amount, remark: remark || undefined });
  };
  return (
    <form className="box m-form" onSubmit={submit}>
      <AmountField label={w.amount} value={typed} onChange={setTyped} />
      <label>
        {w.remark}
        <input maxLength={60} value={remark} onChange={(event) => setRemark(event.target.value)} />
      </label>
      <Button block color="primary" type="submit" size="large" className="m-main" disabled={!amount}>
        {w.use}
      </Button>
    </form>
  );
}
