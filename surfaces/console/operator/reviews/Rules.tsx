// How things are reviewed: forbidden words, and what is approved without anybody's look.
import { defineWords } from "../../../kit";
import { ActForm, DerivedList, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "审核规则", en: "How things are reviewed" },
  lead: {
    zh: "每类内容有自己的规则：含禁用词的立即驳回，其余自动通过或等人看。没有规则的都等人看。",
    en:
      "Each kind has its rule: what holds a forbidden word is rejected at once, the rest is " +
      "approved or waits. Kinds without a rule wait.",
  },
  empty: { zh: "还没有规则：所有内容都等人看。", en: "No rules yet: everything waits for somebody's look." },
});

const METHOD = "kaifang.review.rule.set";
const CHANGES = ["kaifang.review.rule.list"];

export default function Rules() {
  const w = useWords();
  const add = <ActForm method={METHOD} label={{ zh: "新规则", en: "New rule" }} type="primary" changes={CHANGES} />;
  return (
    <Sheet title={w.title} lead={w.lead} extra={add}>
      <DerivedList
        method="kaifang.review.rule.list"
        id="kind"
        shows={["kind", "words", "auto"]}
        empty={w.empty}
        actions={({ kind, words, auto }) => (
          <ActForm
            method={METHOD}
            ask={{ kind }}
            initial={{ words, auto }}
            label={{ zh: "更改", en: "Change" }}
            size="small"
            changes={CHANGES}
          />
        )}
      />
    </Sheet>
  );
}
