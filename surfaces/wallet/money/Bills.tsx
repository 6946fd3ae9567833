// All bills, by kind, direction, state, month and words; above them the month's picture.
import { Button } from "antd-mobile";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { call, defineWords, Empty, Problem, Refusal, useAsk, useLanguage, type Ask } from "../../kit";
import { Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { KINDS, STATES, useKinds, useStates, type Bill } from "./bill";
import { BillLine } from "./BillLine";
import { Month, monthName, useMonths } from "./Month";
import "./money.css";

type Wish = Ask<"kaifang.wallet.bills">;

const useWords = defineWords({
  title: { zh: "账单", en: "Bills" },
  filters: { zh: "筛选", en: "Filters" },
  month: { zh: "月份", en: "Month" },
  kind: { zh: "类型", en: "Kind" },
  state: { zh: "状态", en: "State" },
  direction: { zh: "收支", en: "In or out" },
  any: { zh: "全部", en: "All" },
  IN: { zh: "收入", en: "In" },
  OUT: { zh: "支出", en: "Out" },
  search: { zh: "搜索商品、对方或单号", en: "Search: what for, with whom, a number" },
  more: { zh: "更早的账单", en: "Older bills" },
  looking: { zh: "往前找", en: "Look further back" },
  none: { zh: "没有符合条件的账单。", en: "No bill is like that." },
  clear: { zh: "清除筛选", en: "Clear the filters" },
});

export default function Bills({ params }: { params: Record<string, string> }) {
  const w = useWords();
  const [wish, filter] = useFilters(params.wish ?? "");
  return (
    <Page title={w.title} back="/money">
      <Filters wish={wish} filter={filter} />
      <Month month={wish.month ?? undefined} />
      <List key={JSON.stringify(wish)} wish={wish} clear={() => filter({})} />
    </Page>
  );
}

/** What is looked for stands in the address, so that "back" from a bill leads to the same list. */
function useFilters(said: string): [Wish, (next: Wish) => void] {
  const [, go] = useLocation();
  const filter = (next: Wish) => {
    const kept = Object.entries(next).filter(([, value]) => value);
    const text = kept.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&");
    go(`/money/bills/${text}`, { replace: true });
  };
  return [Object.fromEntries(new URLSearchParams(said)) as Wish, filter];
}

function Filters({ wish, filter }: { wish: Wish; filter(next: Wish): void }) {
  const w = useWords();
  const kinds = useKinds();
  const states = useStates();
  const [words, setWords] = useState(wish.keyword ?? "");
  useEffect(() => {
    if (words === (wish.keyword ?? "")) return;
    const timer = setTimeout(() => filter({ ...wish, keyword: words || undefined }), 300);
    return () => clearTimeout(timer);
  }, [words]);
  const choice = (name: "kind" | "state" | "direction", said: [string, string][]) => (
    <label>
      {w[name]}
      <select
        value={wish[name] ?? ""}
        onChange={(event) => filter({ ...wish, [name]: event.target.value || undefined })}
      >
        <option value="">{w.any}</option>
        {said.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <search className="box m-filters">
      <input
        type="search"
        aria-label={w.search}
        placeholder={w.search}
        maxLength={100}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div>
        <label>
          {w.month}
          <MonthChoice month={wish.month ?? ""} choose={(month) => filter({ ...wish, month: month || undefined })} />
        </label>
        {choice(
          "kind",
          KINDS.map((kind) => [kind, kinds[kind]]),
        )}
        {choice("direction", [
          ["OUT", w.OUT],
          ["IN", w.IN],
        ])}
        {choice(
          "state",
          STATES.map((state) => [state, states[state]]),
        )}
      </div>
    </search>
  );
}

const MONTHS = 24; // months that can be chosen, the newest first

function MonthChoice({ month, choose }: { month: string; choose(month: string): void }) {
  const w = useWords();
  const language = useLanguage();
  return (
    <select value={month} onChange={(event) => choose(event.target.value)}>
      <option value="">{w.any}</option>
      {useMonths(MONTHS).map((each) => (
        <option key={each} value={each}>
          {monthName(each, language)}
        </option>
      ))}
    </select>
  );
}

function List({ wish, clear }: { wish: Wish; clear(): void }) {
  const w = useWords();
  const first = useAsk("kaifang.wallet.bills", wish);
  const [older, setOlder] = useState<{ bills: Bill[]; next?: string | null }[]>([]);
  const [refused, setRefused] = useState<Refusal>();
  const bills = [...(first.data?.bills ?? []), ...older.flatMap((page) => page.bills)];
  const next = older.length ? older[older.length - 1].next : first.data?.next;
  const more = async () => {
    try {
      const page = await call("kaifang.wallet.bills", { ...wish, before: next! });
      setOlder([...older, page]);
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      setRefused(problem);
    }
  };
  const problem = first.problem ?? refused;
  return (
    <section className="box" aria-busy={first.loading}>
      {problem && <Problem problem={problem} again={first.problem ? first.again : more} />}
      {first.loading && <Waiting />}
      {first.data && !bills.length && <Empty action={<button onClick={clear}>{w.clear}</button>}>{w.none}</Empty>}
      <ul className="m-list">
        {bills.map((bill) => (
          <BillLine key={bill.bill_id} bill={bill} />
        ))}
      </ul>
      {next && (
        <Button block fill="none" color="primary" onClick={() => more()}>
          {bills.length ? w.more : w.looking}
        </Button>
      )}
    </section>
  );
}
