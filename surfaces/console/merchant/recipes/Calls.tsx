// What a run did: each call with what was asked and answered.
import { Collapse, Tag } from "antd";
import { defineWords, yuan, type Answer } from "../../../kit";
import { Code } from "../../shared";

type Called = Answer<"kaifang.recipe.run.look">["calls"][number];

const useWords = defineWords({
  asked: { zh: "请求", en: "Asked" },
  answered: { zh: "回答", en: "Answered" },
  undoes: { zh: "撤销第 {number} 步", en: "undoes call {number}" },
  none: { zh: "没有调用。", en: "No calls." },
});

export function Calls({ calls }: { calls: Called[] }) {
  const w = useWords();
  if (!calls.length) return <p className="c-quiet">{w.none}</p>;
  return (
    <Collapse
      size="small"
      items={calls.map((one) => ({ key: one.number, label: <Line call={one} />, children: <Inside call={one} /> }))}
    />
  );
}

function Line({ call }: { call: Called }) {
  const w = useWords();
  return (
    <span>
      {call.number}. <code className="c-number">{call.call}</code>{" "}
      {call.refusal && <Tag color="red">{call.refusal}</Tag>}
      {Number(call.moved) !== 0 && <Tag color="gold">{yuan(call.moved)}</Tag>}
      {call.takes_back !== undefined && <Tag>{w("undoes", { number: call.takes_back })}</Tag>}
    </span>
  );
}

function Inside({ call }: { call: Called }) {
  const w = useWords();
  return (
    <div className="c-columns">
      <Code label={w.asked} text={JSON.stringify(call.asked, null, 2)} />
      <Code label={w.answered} text={JSON.stringify(call.answered, null, 2)} />
    </div>
  );
}
