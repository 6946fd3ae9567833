// What is switched off, and switching something off.
import { defineWords } from "../../../kit";
import { ActForm, DerivedList, Sheet } from "../../shared";
import { Turn } from "./Turn";

const useWords = defineWords({
  title: { zh: "开关", en: "Switches" },
  lead: {
    zh: "关闭一个能力或接口：外部调用立刻被拒绝并得到理由，平台内部照常。",
    en:
      "Switch a capability or a method off: calls from outside are refused at once, " +
      "with the reason; the platform itself goes on.",
  },
  empty: {
    zh: "全部开放着。要关闭一项，用右上的按钮，或在能力目录里选择。",
    en: "Everything is open. To close something use the button above, or choose it in the catalogue.",
  },
});

export default function Switches() {
  const w = useWords();
  const stop = (
    <ActForm
      method="kaifang.switch.set"
      ask={{ stopped: true }}
      label={{ zh: "关闭一项", en: "Switch something off" }}
      danger
      changes={["kaifang.switch.list"]}
    />
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={stop}>
      <DerivedList
        method="kaifang.switch.list"
        id="name"
        actions={({ name }) => <Turn name={name} small />}
        empty={w.empty}
      />
    </Sheet>
  );
}
