// Searching the journal of everything of value; each entry leads to itself and to what it was about.
import { SearchOutlined } from "@ant-design/icons";
import { Button, Form, Input, Skeleton, Table } from "antd";
import { useEffect, useState } from "react";
import { defineWords, Empty, moment, Problem, Refusal, useLanguage, type Answer, type Ask } from "../../../kit";
import { appCall, fieldTitle, Go, Sheet, Wide } from "../../shared";
import { fromLocal } from "../../shared/when";
import { amount, assetOf } from "../units";

const useWords = defineWords({
  title: { zh: "账目流水", en: "Journal" },
  lead: {
    zh: "钱、积分、券、额度：一切有价值的东西只在这里变动。说到的条件须同时成立。",
    en: "Money, points, vouchers, quotas: everything of value moves here and nowhere else. All that is said must hold.",
  },
  owner: { zh: "属于谁（用户号或名称）", en: "Whose (a user id or a name)" },
  account: { zh: "账户", en: "Account" },
  why: { zh: "原因，如 trade.pay", en: "Reason, such as trade.pay" },
  ref: { zh: "关联号，如交易号", en: "Number of the thing" },
  amount: { zh: "金额（元）", en: "Amount (yuan)" },
  since: { zh: "从", en: "From" },
  until: { zh: "到", en: "Before" },
  search: { zh: "检索", en: "Search" },
  entry: { zh: "流水", en: "Entry" },
  legs: { zh: "变动", en: "Changes" },
  more: { zh: "更早的", en: "Earlier ones" },
  others: { zh: "另有 {count} 项", en: "and {count} more" },
  none: { zh: "没有符合条件的流水。放宽一个条件再试。", en: "No entry fits. Say less, and try again." },
});

type Find = Ask<"kaifang.log.find">;
type Found = Answer<"kaifang.log.find">;
type Entry = Found["entries"][number];
const WORDS = ["owner", "account", "why", "ref", "amount"] as const;
const MOMENTS = ["since", "until"] as const;

export default function Journal({ owner = "" }: { owner?: string }) {
  const w = useWords();
  const [ask, setAsk] = useState<Find>(owner ? { owner } : {});
  const { entries, next, problem, loading, more } = useFound(ask);
  const search = (said: Record<string, string>) => {
    const times = MOMENTS.map((name) => [name, fromLocal(said[name] ?? "")]);
    const told = [...WORDS.map((name) => [name, said[name]?.trim()]), ...times].filter(([, value]) => value);
    setAsk(Object.fromEntries(told) as Find);
  };
  return (
    <Sheet title={w.title} lead={w.lead}>
      <section className="c-list" aria-busy={loading}>
        <Form layout="vertical" className="c-filters" initialValues={{ owner }} onFinish={search} role="search">
          {WORDS.map((name) => (
            <Form.Item key={name} name={name} label={w[name]}>
              <Input allowClear />
            </Form.Item>
          ))}
          {MOMENTS.map((name) => (
            <Form.Item key={name} name={name} label={w[name]}>
              <Input type="datetime-local" />
            </Form.Item>
          ))}
          <Form.Item>
            <Button type="primary" htmlType="submit" icon={<SearchOutlined />}>
              {w.search}
            </Button>
          </Form.Item>
        </Form>
        {problem && <Problem problem={problem} again={more} />}
        {!entries && !problem && <Skeleton active />}
        {entries && entries.length === 0 && <Empty>{w.none}</Empty>}
        {entries && entries.length > 0 && <Entries entries={entries} />}
        {next && (
          <Button onClick={more} loading={loading}>
            {w.more}
          </Button>
        )}
      </section>
    </Sheet>
  );
}

/** What fits, page after page. */
function useFound(ask: Find) {
  const [entries, setEntries] = useState<Entry[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<Refusal>();
  const [loading, setLoading] = useState(true);
  const read = async (before: Entry[], after = "") => {
    setLoading(true);
    setProblem(undefined);
    try {
      const answer = await appCall("kaifang.log.find", { ...ask, after });
      setEntries([...before, ...answer.entries]);
      setNext(answer.next ?? undefined);
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      setProblem(refused);
    } finally {
      setLoading(false);
    }
  };
  useEffect(() => void read([]), [ask]); // eslint-disable-line react-hooks/exhaustive-deps
  return { entries, next, problem, loading, more: () => void read(next ? (entries ?? []) : [], next) };
}

function Entries({ entries }: { entries: Entry[] }) {
  const w = useWords();
  const language = useLanguage();
  return (
    <Wide label={w.title}>
      <Table
        size="middle"
        rowKey={(one) => `${one.writer}.${one.number}`}
        dataSource={entries}
        pagination={false}

        columns={[
          {
            title: w.entry,
            render: (_, one) => <Go to={entryPlace(one.writer, one.number)}>{`${one.writer}/${one.number}`}</Go>,
          },
          { title: fieldTitle("at")[language], render: (_, one) => <time title={one.at}>{moment(one.at)}</time> },
          { title: fieldTitle("why")[language], dataIndex: "why" },
          { title: fieldTitle("ref")[language], render: (_, one) => <About number={one.ref} /> },
          { title: w.legs, render: (_, one) => <Legs legs={one.legs} /> },
        ]}
      />
    </Wide>
  );
}

export function About({ number }: { number: string }) {
  return (
    <Go to={`operator/trace/${encodeURIComponent(number)}`}>
      <span className="c-number">{number}</span>
    </Go>
  );
}

/** The changes of an entry: what came or went, and where; the first few where there are many. */
export function Legs({ legs, most = 4 }: { legs: Entry["legs"]; most?: number }) {
  const w = useWords();
  return (
    <ul className="c-legs">
      {legs.slice(0, most).map((leg, at) => (
        <li key={at}>
          <span className={`c-money ${leg.change < 0 ? "" : "c-up"}`}>
            {leg.change > 0 && "+"}
            {amount(leg.change, assetOf(leg.account))}
          </span>
          <span className="c-number c-clip" title={leg.account}>
            {leg.account}
          </span>
        </li>
      ))}
      {legs.length > most && <li className="c-quiet">{w("others", { count: legs.length - most })}</li>}
    </ul>
  );
}

/** Where an entry is looked at; its number is written long, so that addresses have one length. */
export const entryPlace = (writer: number, number: number): string =>
  `operator/journal/entry/${writer}-${String(number).padStart(9, "0")}`;

/** Where all that touches an account's owner is looked at. */
export const ownerPlace = (account: string): string =>
  `operator/journal/of/${encodeURIComponent(account.split("/").slice(0, -2).join("/"))}`;
