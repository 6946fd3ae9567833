// What buyers hold against the merchant.
import { defineWords } from "../../../kit";
import { DerivedList, Figure, Sheet, useAppAsk } from "../../shared";
import { useMerchant } from "../own";

const useWords = defineWords({
  title: { zh: "投诉", en: "Complaints" },
  lead: {
    zh: "默认列出最近 30 天。按时回复，履约分不受影响。",
    en: "The last 30 days unless you say otherwise. Answering in time keeps your score.",
  },
  empty: { zh: "这段时间没有投诉。", en: "No complaints in this time." },
  score: { zh: "履约分", en: "Promises kept" },
  ofHundred: { zh: "满分 100，昨夜更新", en: "of 100, as of last night" },
  late: { zh: "超时未回复", en: "Not answered in time" },
  upheld: { zh: "支持买家", en: "Decided for the buyer" },
});

export default function Complaints() {
  const w = useWords();
  const merchant = useMerchant();
  const trust = useAppAsk("kaifang.merchant.trust.read", merchant ? { merchant } : null);
  return (
    <Sheet title={w.title} lead={w.lead}>
      {trust.data && (
        <div className="m-figures">
          <Figure title={w.score} value={trust.data.score ?? "–"} note={w.ofHundred} />
          <Figure title={w.late} value={trust.data.late} />
          <Figure title={w.upheld} value={trust.data.upheld} />
        </div>
      )}
      <DerivedList
        method="alipay.merchant.tradecomplain.batchquery"
        id="complain_event_id"
        to={(row) => `merchant/complaints/${row.complain_event_id}`}
        order={["complain_reason", "status", "content", "leaf_category_name", "gmt_create", "trade_no"]}
        shows={["complain_reason", "status", "content", "leaf_category_name", "gmt_create"]}
        filters={{ target_infos: false }}
        columns={{
          complain_reason: { title: { zh: "原因", en: "About" } },
          leaf_category_name: { title: { zh: "诉求", en: "What the buyer wants" } },
          content: { title: { zh: "经过", en: "What happened" } },
        }}
        live={["complaint.open", "complaint.feedback", "complaint.finish", "complaint.withdraw"]}
        name="complaints"
        empty={w.empty}
      />
    </Sheet>
  );
}
