// What the doctor says: what is wrong, the gravest first, what helps, and where the two texts part.
import { Alert, Tag } from "antd";
import { defineWords, useLanguage, type Answer } from "../../../kit";
import { Asked, Code, useAppAsk } from "../../shared";

const useWords = defineWords({
  fine: {
    zh: "签名没有问题：是业务上拒绝的，原因见平台的回答。",
    en: "Nothing is wrong with the signature: the method itself refused, for the reason in its answer.",
  },
  certain: { zh: "确定", en: "certain" },
  likely: { zh: "很可能", en: "likely" },
  possible: { zh: "可能", en: "possible" },
  server: { zh: "平台核对的文本", en: "The text that the platform checked" },
  signed: { zh: "实际被签名的文本", en: "The text that was signed" },
  parts: { zh: "从第 {position} 个字符起不同", en: "They differ from character {position} on" },
  before: { zh: "之前相同：", en: "the same before:" },
});

type Explained = Answer<"kaifang.doctor.explain">;

export function Diagnosis({ trace }: { trace: string }) {
  const w = useWords();
  const asked = useAppAsk("kaifang.doctor.explain", { trace });
  if (asked.problem?.code === "CASE_NOT_EXIST") return <p className="c-quiet">{w.fine}</p>;
  return <Asked of={asked}>{(told) => <Told told={told} />}</Asked>;
}

function Told({ told }: { told: Explained }) {
  const w = useWords();
  const language = useLanguage();
  const sure = w as unknown as Record<string, string>;
  return (
    <div className="d-wire">
      {told.causes.map((cause) => (
        <Alert
          key={cause.code}
          type={cause.certainty === "certain" ? "error" : "warning"}
          showIcon
          title={
            <>
              {cause[language]} <Tag>{sure[cause.certainty] ?? cause.certainty}</Tag>
            </>
          }
          description={cause[`${language}_cure`]}
        />
      ))}
      {told.difference && <Difference {...told.difference} />}
      {told.server_text && <Code label={w.server} text={told.server_text} />}
      {told.signed_text && <Code label={w.signed} text={told.signed_text} />}
    </div>
  );
}

function Difference({ position, before, server, signed }: NonNullable<Explained["difference"]>) {
  const w = useWords();
  return (
    <section>
      <h3>{w("parts", { position })}</h3>
      <p className="c-quiet">
        {w.before} <code className="c-code">{before}</code>
      </p>
      <dl className="d-parts">
        <dt>{w.server}</dt>
        <dd>
          <code className="c-code">{server}</code>
        </dd>
        <dt>{w.signed}</dt>
        <dd>
          <code className="c-code">{signed || "∅"}</code>
        </dd>
      </dl>
    </section>
  );
}
