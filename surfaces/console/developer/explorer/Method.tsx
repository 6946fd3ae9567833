// One method: fill it in, call it, see what travelled, and take the program that does the same.
import { Alert, Segmented, Tabs, Tag } from "antd";
import { useState } from "react";
import { defineWords, exchange, Refusal, useLanguage, type Exchanged } from "../../../kit";
import { Code, Part, Sheet, termOf, useAppIfAny, useMethod, type MethodInfo, type Who } from "../../shared";
import { Faults } from "./Faults";
import { Request } from "./Request";
import { Snippets } from "./Snippets";
import { Wire } from "./Wire";

const useWords = defineWords({
  ask: { zh: "请求", en: "Request" },
  answer: { zh: "回答", en: "Answer" },
  wire: { zh: "原始报文", en: "On the wire" },
  code: { zh: "代码", en: "Code" },
  faults: { zh: "错误码", en: "Refusals" },
  notYet: {
    zh: "填好左边的表单，点“调用”，这里显示平台的回答。",
    en: "Fill in the form and call: the platform's answer appears here.",
  },
  took: { zh: "{took} 毫秒", en: "{took} ms" },
  as: { zh: "身份", en: "Call as" },
  app: { zh: "应用 {name}", en: "the application {name}" },
  person: { zh: "本人（钱包）", en: "myself (the wallet)" },
  operators: { zh: "只有运营应用能调用", en: "Only applications of operators may call it" },
  users: { zh: "需要用户授权令牌，或以本人身份调用", en: "It needs an auth_token of a user, or your own name" },
});

export default function Method({ method: name }: { method: string }) {
  const w = useWords();
  const app = useAppIfAny();
  const info = useMethod(name);
  const [who, setWho] = useState<Who>(!app || info.who === "wallet" || info.who === "user" ? "person" : "app");
  const [ask, setAsk] = useState<Record<string, unknown>>({});
  const [told, setTold] = useState<Exchanged>();
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [calling, setCalling] = useState(false);

  const call = async (next: Record<string, unknown>, tokens: { authToken?: string; userToken?: string }) => {
    setAsk(next);
    setCalling(true);
    setProblem(null);
    try {
      const found = await exchange(name, next, { app: who === "app" ? app?.app_id : undefined, ...tokens });
      setTold(found);
      setProblem(refusalIn(found));
    } catch (failed) {
      if (!(failed instanceof Refusal)) throw failed;
      setProblem(failed);
    } finally {
      setCalling(false);
    }
  };
  const people = [
    ...(app ? [{ value: "app", label: w("app", { name: app.name }) }] : []),
    { value: "person", label: w.person },
  ];
  return (
    <Sheet title={<span className="d-name">{name}</span>} lead={info.summary}>
      <About info={info} />
      <div className="c-columns">
        <Part
          title={w.ask}
          extra={
            <Segmented
              size="small"
              aria-label={w.as}
              options={people}
              value={who}
              onChange={(next) => setWho(next as Who)}
            />
          }
        >
          {info.who === "operator" && app?.role !== "operator" && <Alert type="info" showIcon title={w.operators} />}
          {info.who === "user" && who === "app" && <Alert type="info" showIcon title={w.users} />}
          <Request
            key={name}
            info={info}
            problem={problem}
            calling={calling}
            onChange={setAsk}
            onCall={(next, tokens) => void call(next, tokens)}
          />
        </Part>
        <Part>
          <Tabs
            items={[
              {
                key: "answer",
                label: w.answer,
                children: told ? <Answer told={told} /> : <p className="c-quiet">{w.notYet}</p>,
              },
              {
                key: "wire",
                label: w.wire,
                children: told ? <Wire told={told} /> : <p className="c-quiet">{w.notYet}</p>,
              },
              { key: "code", label: w.code, children: <Snippets method={name} ask={ask} /> },
              { key: "faults", label: w.faults, children: <Faults info={info} /> },
            ]}
          />
        </Part>
      </div>
    </Sheet>
  );
}

function About({ info }: { info: MethodInfo }) {
  const language = useLanguage();
  return (
    <p className="c-actions">
      <Tag color="blue">{info.verb}</Tag>
      <code className="c-code">{info.path}</code>
      <Tag>{termOf(info.who)[language]}</Tag>
      <a href={`/docs/methods/${info.name}`} target="_blank" rel="noreferrer">
        {language === "zh" ? "文档" : "Documentation"}
      </a>
    </p>
  );
}

function Answer({ told }: { told: Exchanged }) {
  const w = useWords();
  return (
    <>
      <p className="c-actions" role="status">
        <Tag color={told.status < 300 ? "green" : "red"}>{told.status}</Tag>
        <span className="c-quiet">{w("took", { took: told.took })}</span>
      </p>
      <Code tall language="json" name="answer.json" text={pretty(told.answer)} />
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

/** A refusal that was answered, so that it can be shown at its field. */
function refusalIn(told: Exchanged): Refusal | null {
  if (told.status < 300) return null;
  try {
    const { code, message, links } = JSON.parse(told.answer);
    return new Refusal(told.status, code, message, links);
  } catch {
    return new Refusal(told.status, String(told.status), told.answer);
  }
}
