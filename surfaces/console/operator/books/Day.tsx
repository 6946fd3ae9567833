// One day: what all bills come to, what the journal wrote, and whether each deal stands in both.
import { Alert, Form, Input, Table } from "antd";
import { useState } from "react";
import { defineWords, useLanguage, yuan, type Answer } from "../../../kit";
import { Asked, fieldTitle, Part, useAppAsk, Wide } from "../../shared";
import { About } from "../journal/Journal";

const useWords = defineWords({
  title: { zh: "一天的账单与流水", en: "A day's bills and the journal" },
  day: { zh: "哪一天", en: "Which day" },
  complete: {
    zh: "这一天的账单已出齐，每笔都在账目流水里。",
    en: "The day's bills are complete, and each deal stands in the journal.",
  },
  open: {
    zh: "这一天还没出齐账单：午夜之后才完整。",
    en: "The day's bills are not complete yet: they are after midnight.",
  },
  missing: { zh: "账目流水里找不到这些：", en: "The journal has no entry of these:" },
  bills: { zh: "账单合计", en: "What bills come to" },
  journal: { zh: "流水条数", en: "Entries of the journal" },
  none: { zh: "没有", en: "None" },
});

type Told = Answer<"kaifang.bill.totals">;

export function Day() {
  const w = useWords();
  const now = useAppAsk("kaifang.clock.read", {}, { keep: 60_000 });
  const [chosen, setChosen] = useState("");
  const day = chosen || (now.data && dayBefore(now.data.now));
  const asked = useAppAsk("kaifang.bill.totals", day ? { day } : null);
  return (
    <Part title={w.title}>
      <Form layout="inline" className="c-filters">
        <Form.Item label={w.day} htmlFor="day">
          <Input id="day" type="date" value={day} onChange={(event) => setChosen(event.target.value)} />
        </Form.Item>
      </Form>
      <Asked of={asked}>
        {(told) => (
          <>
            <Verdict told={told} />
            <div className="c-columns">
              <Deals deals={told.deals} />
              <Entries entries={told.entries} />
            </div>
          </>
        )}
      </Asked>
    </Part>
  );
}

/** The day that is over, of which bills are complete. */
function dayBefore(moment: string): string {
  const [year = 0, month = 1, date = 1] = moment.slice(0, 10).split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date - 1)).toISOString().slice(0, 10);
}

function Verdict({ told: { missing, complete } }: { told: Told }) {
  const w = useWords();
  if (missing.length) {
    const listed = missing.map((number) => <About key={number} number={number} />);
    return <Alert type="error" showIcon title={w.missing} description={<span className="c-several">{listed}</span>} />;
  }
  return <Alert type={complete ? "success" : "info"} showIcon title={complete ? w.complete : w.open} />;
}

function Deals({ deals }: { deals: Told["deals"] }) {
  const w = useWords();
  const language = useLanguage();
  return (
    <Wide label={w.bills}>
      <Table
        size="small"
        rowKey="kind"
        dataSource={deals}
        pagination={false}
        locale={{ emptyText: w.none }}
        columns={[
          { title: w.bills, dataIndex: "kind" },
          { title: fieldTitle("count")[language], align: "right", dataIndex: "count" },
          {
            title: fieldTitle("amount")[language],
            align: "right",
            render: (_, one) => <span className="c-money">{yuan(one.amount)}</span>,
          },
        ]}
      />
    </Wide>
  );
}

function Entries({ entries }: { entries: Told["entries"] }) {
  const w = useWords();
  const language = useLanguage();
  return (
    <Wide label={w.journal}>
      <Table
        size="small"
        rowKey="why"
        dataSource={entries}
        pagination={entries.length > 10 && { size: "small" }}
        locale={{ emptyText: w.none }}
        columns={[
          { title: w.journal, dataIndex: "why" },
          { title: fieldTitle("count")[language], align: "right", dataIndex: "count" },
        ]}
      />
    </Wide>
  );
}
