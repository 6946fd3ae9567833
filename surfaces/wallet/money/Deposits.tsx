// Deposits that are frozen, and those that wait to be confirmed.
import { defineWords, Empty, Problem, useAsk, yuan } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import "./money.css";

const useWords = defineWords({
  title: { zh: "押金与冻结", en: "Deposits" },
  none: {
    zh: "没有押金。商家请你付押金时，会出现在这里；没领完的红包也算冻结。",
    en: "No deposits. Those that merchants ask for stand here; what is left in your red packets is set aside, too.",
  },
  home: { zh: "回到资金", en: "Back to money" },
  rest: { zh: "冻结中", en: "set aside" },
  confirm: { zh: "等待你确认", en: "Waits for you to confirm" },
});

export default function Deposits() {
  const w = useWords();
  const { data, problem, loading, again } = useAsk("kaifang.wallet.deposits", {});
  return (
    <Page title={w.title} back="/money">
      {problem && <Problem problem={problem} again={again} />}
      {loading && <Waiting />}
      {data?.deposits.length === 0 && <Empty action={<a href="#/money">{w.home}</a>}>{w.none}</Empty>}
      {data && data.deposits.length > 0 && (
        <ul className="box m-list">
          {data.deposits.map((deposit) => (
            <li key={deposit.auth_no} className="m-bill">
              <span className="m-bill-what">
                <bdi>{deposit.title}</bdi>
                <small>
                  <bdi>{deposit.payee}</bdi>
                </small>
              </span>
              <span className="m-bill-amount">
                {yuan(deposit.page ? deposit.amount : deposit.rest)}
                <small>
                  {deposit.page ? <a href={`#/money/pay/${deposit.page.split("/").pop()}`}>{w.confirm}</a> : w.rest}
                </small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
