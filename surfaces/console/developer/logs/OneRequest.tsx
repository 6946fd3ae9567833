// One request as it was sent and answered; and why it was refused, if it was.
import { Descriptions } from "antd";
import { defineWords, Empty, moment, type Answer } from "../../../kit";
import { Asked, Code, Go, Part, Sheet, useAppAsk } from "../../shared";
import { Diagnosis } from "./Diagnosis";
import { Outcome } from "./Calls";

const useWords = defineWords({
  title: { zh: "请求 {trace}", en: "Request {trace}" },
  gone: {
    zh: "这个追踪号没有留下记录：可能属于别的应用，或者已让位给更新的。",
    en: "Nothing is kept under this trace: it may be another application's, or newer ones took its place.",
  },
  method: { zh: "接口", en: "Method" },
  at: { zh: "时间", en: "When" },
  outcome: { zh: "结果", en: "Outcome" },
  took: { zh: "耗时", en: "Took" },
  ms: { zh: "{took} 毫秒", en: "{took} ms" },
  asked: { zh: "发送的内容", en: "What was sent" },
  answered: { zh: "平台的回答", en: "What was answered" },
  why: { zh: "诊断", en: "Diagnosis" },
});

type Kept = Answer<"kaifang.log.requests">["requests"][number];

export default function OneRequest({ trace }: { trace: string }) {
  const w = useWords();
  const asked = useAppAsk("kaifang.log.requests", { trace, whole: true });
  return (
    <Sheet title={<span className="d-name">{w("title", { trace })}</span>}>
      <Asked of={asked} none={({ requests }) => !requests.length} empty={w.gone}>
        {({ requests }) => <Whole kept={requests[0]!} />}
      </Asked>
    </Sheet>
  );
}

function Whole({ kept }: { kept: Kept }) {
  const w = useWords();
  const refused = !["10000", "10003"].includes(kept.outcome);
  const items = [
    { key: "method", label: w.method, children: <Go to={`developer/explorer/${kept.method}`}>{kept.method}</Go> },
    { key: "at", label: w.at, children: moment(kept.at) },
    { key: "outcome", label: w.outcome, children: <Outcome code={kept.outcome} /> },
    { key: "took", label: w.took, children: w("ms", { took: kept.took }) },
  ];
  return (
    <>
      <Part>
        <Descriptions size="small" items={items} />
      </Part>
      {refused && (
        <Part title={w.why}>
          <Diagnosis trace={kept.trace} />
        </Part>
      )}
      <div className="c-columns">
        <Part title={w.asked}>{kept.asked ? <Code tall text={kept.asked} /> : <Empty>–</Empty>}</Part>
        <Part title={w.answered}>
          {kept.answered ? <Code tall text={pretty(kept.answered)} language="json" /> : <Empty>–</Empty>}
        </Part>
      </div>
    </>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
