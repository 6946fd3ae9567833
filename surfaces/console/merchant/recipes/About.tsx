// What a recipe may do, may move and costs; and what is different in another version.
import { Table, Tag } from "antd";
import { defineWords, useLanguage, yuan, type Answer } from "../../../kit";
import { Wide } from "../../shared";

type Looked = Answer<"kaifang.recipe.look">;
type Installed = Answer<"kaifang.recipe.installation.look">;

const useWords = defineWords({
  none: { zh: "什么都不做，只统计。", en: "Nothing; it only counts." },
  noMoney: { zh: "一分钱都不动。", en: "None of it." },
  free: { zh: "不收费。", en: "Nothing." },
  what: { zh: "用途", en: "What for" },
  most: { zh: "每次最多", en: "At most a time" },
  day: { zh: "每天最多", en: "At most a day" },
  depends: { zh: "取决于你的填写", en: "depends on what you fill in" },
  each: { zh: "{rule}：每次 {amount}", en: "{rule}: {amount} each" },
  percent: { zh: "{rule}：{of} 的 {percent}%", en: "{rule}: {percent}% of {of}" },
  same: { zh: "权限没有变化。", en: "It may do the same as before." },
  more: { zh: "新增权限", en: "May do too" },
  less: { zh: "不再需要", en: "Needs no more" },
});

export function Permissions({ permissions }: Pick<Looked, "permissions">) {
  const w = useWords();
  const language = useLanguage();
  if (!permissions.length) return <p className="c-quiet">{w.none}</p>;
  return (
    <ul className="m-plain">
      {permissions.map((one) => (
        <li key={one.call}>
          <Tag>{one.capability[language]}</Tag> <span lang="en">{one.says}</span>{" "}
          <code className="c-number c-quiet">{one.call}</code>
        </li>
      ))}
    </ul>
  );
}

export function Flows({ flows }: Pick<Looked, "flows">) {
  const w = useWords();
  const language = useLanguage();
  if (!flows.length) return <p className="c-quiet">{w.noMoney}</p>;
  const amount = (value?: string) => (value === undefined ? w.depends : yuan(value));
  return (
    <Wide label={w.what}>
      <Table
        size="small"
        rowKey={(one) => `${one.rule} ${one.call} ${one.says.en}`}
        pagination={false}
        dataSource={flows}
        columns={[
          { title: w.what, render: (_, one) => one.says[language] },
          { title: w.most, align: "end", render: (_, one) => amount(one.most) },
          { title: w.day, align: "end", render: (_, one) => (one.a_day === undefined ? "–" : yuan(one.a_day)) },
        ]}
      />
    </Wide>
  );
}

export function Costs({ costs, content }: Pick<Looked, "costs" | "content">) {
  const w = useWords();
  const language = useLanguage();
  const said = (rule: string) => content.rules.find((one) => one.rule === rule)?.says[language] ?? rule;
  if (!costs.length) return <p className="c-quiet">{w.free}</p>;
  return (
    <ul className="m-plain">
      {costs.map((one) => (
        <li key={JSON.stringify(one)}>
          {one.each
            ? w("each", { rule: said(one.rule), amount: yuan(one.each) })
            : w("percent", { rule: said(one.rule), percent: one.percent ?? "", of: one.of ?? "" })}
        </li>
      ))}
    </ul>
  );
}

export function Difference({ installed, told }: { installed: Installed; told: Looked }) {
  const w = useWords();
  const now = told.permissions.map((one) => one.call);
  const more = now.filter((one) => !installed.permissions.includes(one));
  const less = installed.permissions.filter((one) => !now.includes(one));
  if (!more.length && !less.length) return <p className="c-quiet">{w.same}</p>;
  return (
    <ul className="m-plain">
      {more.map((one) => (
        <li key={one}>
          <Tag color="gold">{w.more}</Tag> <code className="c-number">{one}</code>
        </li>
      ))}
      {less.map((one) => (
        <li key={one}>
          <Tag>{w.less}</Tag> <code className="c-number">{one}</code>
        </li>
      ))}
    </ul>
  );
}
