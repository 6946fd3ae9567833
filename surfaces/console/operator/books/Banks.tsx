// The simulated banks: money comes from them, and they can be down.
import { defineWords } from "../../../kit";
import { Act, ActForm, DerivedList, Go, Sheet } from "../../shared";
import { ownerPlace } from "../journal/Journal";

const useWords = defineWords({
  title: { zh: "银行", en: "Banks" },
  lead: {
    zh: "这里的银行是模拟的：可以汇款进来，也可以故意停摆，看看会发生什么。",
    en: "Simulated banks: let money arrive from them, or switch one off to see what happens when a bank fails.",
  },
  remitted: { zh: "汇款记录", en: "What it sent" },
});

const CHANGES = ["kaifang.fund.bank.list"];

export default function Banks() {
  const w = useWords();
  const open = (
    <>
      <ActForm method="kaifang.fund.bank.open" label={{ zh: "开银行", en: "Open a bank" }} changes={CHANGES} />
      <ActForm
        method="kaifang.fund.bank.remit"
        label={{ zh: "汇款", en: "Remit money" }}
        type="primary"
        changes={["kaifang.books.", "kaifang.log."]}
      />
    </>
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={open}>
      <DerivedList
        method="kaifang.fund.bank.list"
        id="bank_code"
        columns={{
          "+remitted": {
            title: { zh: "流水", en: "Journal" },
            render: (_, row) => <Go to={ownerPlace(`bank:${row.bank_code}/world/CNY`)}>{w.remitted}</Go>,
          },
        }}
        actions={({ bank_code, down }) => (
          <Act
            method="kaifang.fund.bank.change"
            ask={{ bank_code, down: !down }}
            label={down ? { zh: "恢复", en: "Bring back" } : { zh: "停摆", en: "Take down" }}
            sure={false}
            size="small"
            changes={CHANGES}
          />
        )}
      />
    </Sheet>
  );
}
