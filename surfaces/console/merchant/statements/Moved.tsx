// Every movement of the account in a span of at most 31 days.
import { Input, Skeleton } from "antd";
import { useState } from "react";
import { defineWords, useLanguage } from "../../../kit";
import { DerivedList } from "../../shared";
import { before, useToday } from "../insight/dates";

const useWords = defineWords({
  from: { zh: "从", en: "From" },
  to: { zh: "到", en: "To" },
  empty: { zh: "这段时间没有进出。", en: "Nothing moved in this time." },
});

export function Moved() {
  const today = useToday();
  return today ? <Movements today={today} /> : <Skeleton active />;
}

function Movements({ today }: { today: string }) {
  const w = useWords();
  const [span, setSpan] = useState({ from: before(today, 6), to: today });
  const date = (name: "from" | "to") => (
    <label className="c-filter">
      <span>{w[name]}</span>
      <Input
        type="date"
        value={span[name]}
        onChange={(event) => event.target.value && setSpan({ ...span, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <DerivedList
      method="alipay.data.bill.accountlog.query"
      id="account_log_id"
      ask={{ start_time: `${span.from} 00:00:00`, end_time: `${span.to} 23:59:59` }}
      top={
        <>
          {date("from")}
          {date("to")}
        </>
      }
      order={["trans_dt", "+what", "trans_amount", "balance", "other_account", "trans_memo"]}
      shows={["trans_dt", "+what", "trans_amount", "balance", "other_account"]}
      columns={{
        balance: { title: { zh: "余额", en: "Balance" } },
        direction: false,
        "+what": {
          title: { zh: "事由", en: "What happened" },
          render: (_, row) => <What {...(row as Line)} />,
          csv: (_, row) => row.type,
        },
        trans_dt: { title: { zh: "时间", en: "When" } },
        trans_amount: { title: { zh: "金额", en: "Amount" } },
        other_account: { title: { zh: "对方", en: "Other side" } },
      }}
      filters={{ bill_user_id: false }}
      name="movements"
      empty={w.empty}
    />
  );
}

interface Line {
  type: string; // in Chinese, as on bills
  biz_desc: string;
}

function What({ type, biz_desc }: Line) {
  return useLanguage() === "zh" ? type : biz_desc.replaceAll(/[._]/g, " ");
}
