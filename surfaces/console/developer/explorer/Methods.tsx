// Every live method of the platform, by capability.
import { Card, Input, Select, Tag } from "antd";
import { useDeferredValue, useState } from "react";
import { defineWords, Empty, useLanguage } from "../../../kit";
import { Go, Sheet, termOf, useApi, type MethodInfo } from "../../shared";

const useWords = defineWords({
  title: { zh: "接口", en: "API explorer" },
  lead: {
    zh: "平台的每个接口都能在这里填表、签名、调用，并看到原始报文。",
    en: "Fill in, sign and call any method of the platform, and see every byte that travels.",
  },
  search: { zh: "按名称或用途查找", en: "Search by name or purpose" },
  who: { zh: "谁能调用", en: "Open for" },
  official: { zh: "官方接口", en: "Official methods" },
  own: { zh: "平台自有接口", en: "The platform's own" },
  every: { zh: "全部", en: "All" },
  family: { zh: "来源", en: "Kind" },
  found: { zh: "{count} 个接口", en: "{count} methods" },
  none: { zh: "没有这样的接口，换个词试试", en: "No method is like that. Try another word." },
});

const WHO = ["anyone", "user", "wallet", "operator"];

export default function Methods() {
  const w = useWords();
  const language = useLanguage();
  const [text, setText] = useState("");
  const [who, setWho] = useState<string>();
  const [family, setFamily] = useState<string>();
  const groups = useFound(useDeferredValue(text), who, family);
  const count = groups.reduce((sum, [, methods]) => sum + methods.length, 0);
  const families = [
    { value: "official", label: w.official },
    { value: "own", label: w.own },
  ];
  return (
    <Sheet title={w.title} lead={w.lead}>
      <div className="c-over" role="search">
        <Input.Search
          className="d-find"
          allowClear
          autoFocus
          aria-label={w.search}
          placeholder={w.search}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          className="d-pick"
          allowClear
          aria-label={w.who}
          placeholder={w.who}
          options={WHO.map((value) => ({ value, label: termOf(value)[language] }))}
          onChange={setWho}
        />
        <Select
          className="d-pick"
          allowClear
          aria-label={w.family}
          placeholder={w.family}
          options={families}
          onChange={setFamily}
        />
        <span className="c-quiet" role="status">
          {w("found", { count })}
        </span>
      </div>
      {!count && <Empty>{w.none}</Empty>}
      {groups.map(([title, methods]) => (
        <Card key={title} size="small" title={<h2>{title}</h2>}>
          <ul className="d-methods">
            {methods.map((method) => (
              <li key={method.name}>
                <Go to={`developer/explorer/${method.name}`}>{method.name}</Go>
                <span className="c-quiet">{method.summary}</span>
                {method.who !== "anyone" && <Tag>{termOf(method.who)[language]}</Tag>}
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </Sheet>
  );
}

/** The methods that fit, by the name of their capability. */
function useFound(text: string, who?: string, family?: string): [string, MethodInfo[]][] {
  const { methods, capabilities } = useApi();
  const language = useLanguage();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (one: MethodInfo) =>
    (!who || one.who === who) &&
    (!family || (family === "own") === one.name.startsWith("kaifang.")) &&
    words.every((word) => `${one.name} ${one.summary}`.toLowerCase().includes(word));
  const found = [...methods.values()].filter(fits);
  return capabilities
    .map(({ name, title, zh }): [string, MethodInfo[]] => [
      `${language === "zh" ? zh : title} ${name}`,
      found.filter((one) => one.capability === name),
    ])
    .filter(([, some]) => some.length > 0);
}
