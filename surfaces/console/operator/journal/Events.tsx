// What happens on the platform, the latest first.
import { defineWords } from "../../../kit";
import { DerivedList, Sheet } from "../../shared";
import { About } from "./Journal";

const useWords = defineWords({
  title: { zh: "事件", en: "Events" },
  lead: {
    zh: "平台上发生的每件事，最新的在前；按名称或关联号筛选。",
    en: "Everything that happens, the latest first; by name, or by the number of the thing.",
  },
});

export default function Events() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList
        method="kaifang.log.events"
        id="number"
        order={["at", "name", "subject"]}
        columns={{ subject: { render: (value: string) => <About number={value} /> } }}
        shows={["at", "name", "subject", "writer", "number"]}
        detail
      />
    </Sheet>
  );
}
