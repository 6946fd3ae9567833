// The bank cards that one has bound: which is preferred, another one, and the way out.
import { Button } from "antd-mobile";
import { AddCircleOutline } from "antd-mobile-icons";
import { defineWords, Empty, Problem, useAct, useAsk } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { CardName } from "./CardName";
import { SureButton } from "./SureButton";
import "./money.css";

const useWords = defineWords({
  title: { zh: "银行卡", en: "Bank cards" },
  add: { zh: "添加", en: "Add" },
  addLong: { zh: "添加银行卡", en: "Add a bank card" },
  none: {
    zh: "还没有银行卡。添加后可以充值、提现和付款。",
    en: "No bank card yet. Add one to top up, withdraw and pay.",
  },
  first: { zh: "首选：余额不足时先用这张卡", en: "Preferred: pays when the balance is too small" },
  prefer: { zh: "设为首选", en: "Prefer" },
  unbind: { zh: "解绑", en: "Remove" },
  sure: {
    zh: "解绑尾号{tail}的银行卡？卡里的钱仍在银行。",
    en: "Remove the card ending in {tail}? What is on it stays at the bank.",
  },
  keep: { zh: "保留", en: "Keep" },
});

const CHANGES = ["kaifang.fund."];

export default function BankCards() {
  const w = useWords();
  const { data, problem, loading, again } = useAsk("kaifang.fund.card.list", {});
  const prefer = useAct("kaifang.fund.card.prefer", { changes: CHANGES });
  const unbind = useAct("kaifang.fund.card.unbind", { changes: CHANGES });
  const wrong = problem ?? prefer.problem ?? unbind.problem;
  const add = (
    <a className="m-top-link" href="#/money/cards/bind" aria-label={w.addLong}>
      <AddCircleOutline aria-hidden />
    </a>
  );
  return (
    <Page title={w.title} back="/money" action={add}>
      {wrong && <Problem problem={wrong} again={again} />}
      {loading && <Waiting />}
      {data?.cards.length === 0 && <Empty action={<a href="#/money/cards/bind">{w.addLong}</a>}>{w.none}</Empty>}
      <ul className="m-cards">
        {data?.cards.map((card, place) => (
          <li key={card.card_id} className="box">
            <CardName card={card} />
            {place === 0 ? <p className="quiet">{w.first}</p> : null}
            <div className="m-card-acts">
              {place > 0 && (
                <Button
                  size="small"
                  disabled={prefer.acting}
                  onClick={() => void prefer.act({ card_id: card.card_id })}
                >
                  {w.prefer}
                </Button>
              )}
              <SureButton
                question={w("sure", { tail: card.tail })}
                yes={w.unbind}
                no={w.keep}
                busy={unbind.acting}
                act={() => void unbind.act({ card_id: card.card_id })}
              >
                {w.unbind}
              </SureButton>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}
