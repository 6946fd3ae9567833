// What a method refuses, and what helps.
import { Empty, defineWords, useLanguage } from "../../../kit";
import { type MethodInfo } from "../../shared";

const useWords = defineWords({
  none: { zh: "除了所有接口共有的错误，它不拒绝别的。", en: "It refuses nothing but what every method refuses." },
});

export function Faults({ info }: { info: MethodInfo }) {
  const w = useWords();
  const language = useLanguage();
  if (!info.faults.length) return <Empty>{w.none}</Empty>;
  return (
    <dl className="d-faults">
      {info.faults.map((fault) => (
        <div key={fault.code}>
          <dt>
            <code className="c-code">{fault.v3}</code> <span className="c-quiet">{fault.status}</span>
          </dt>
          <dd>{language === "zh" ? fault.zh : [fault.en, fault.fix].filter(Boolean).join(" ")}</dd>
        </div>
      ))}
    </dl>
  );
}
