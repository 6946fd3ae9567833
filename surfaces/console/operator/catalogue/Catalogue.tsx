// Every capability: how much of the official catalogue is live, and what stories tell of it.
import { Progress, Table, Tabs } from "antd";
import { defineWords, useLanguage, type Answer } from "../../../kit";
import { Asked, DerivedList, Figure, Go, Sheet, useAppAsk, Wide } from "../../shared";

const useWords = defineWords({
  title: { zh: "能力目录", en: "Catalogue" },
  lead: {
    zh: "官方目录里的接口有多少已上线，每个能力由多少个故事验证。",
    en: "How much of the official catalogue is live, and how many stories tell of each capability.",
  },
  official: { zh: "已上线的官方接口", en: "Official methods that are live" },
  known: { zh: "官方目录共 {known}", en: "of {known} that are known" },
  own: { zh: "平台自有接口", en: "The platform's own methods" },
  capability: { zh: "能力", en: "Capability" },
  live: { zh: "官方 / 自有", en: "Official / own" },
  wanted: { zh: "目标覆盖", en: "Of what it is for" },
  told: { zh: "有故事的接口", en: "Methods a story calls" },
  stories: { zh: "故事", en: "Stories" },
  unbuilt: { zh: "尚未开放", en: "Not built yet" },
  capabilities: { zh: "能力", en: "Capabilities" },
  methods: { zh: "查找接口", en: "Find a method" },
  about: { zh: "说明", en: "What it is" },
});

type Covered = Answer<"kaifang.coverage.capabilities">["capabilities"][number];

export default function Catalogue() {
  const w = useWords();
  const asked = useAppAsk("kaifang.coverage.capabilities", {}, { keep: 600_000 });
  return (
    <Sheet title={w.title} lead={w.lead}>
      <Asked of={asked}>
        {({ capabilities, official, known, own }) => (
          <>
            <div className="c-grid">
              <Figure title={w.official} value={official} note={w("known", { known })} />
              <Figure title={w.own} value={own} />
            </div>
            <Tabs
              items={[
                { key: "capabilities", label: w.capabilities, children: <Capabilities rows={capabilities} /> },
                { key: "methods", label: w.methods, children: <Methods /> },
              ]}
            />
          </>
        )}
      </Asked>
    </Sheet>
  );
}

function Methods() {
  return (
    <DerivedList
      method="kaifang.coverage.methods"
      id="method_name"
      initial={{ live: true }}
      filters={{ capability: false }}
      shows={["method_name", "about", "capability", "live", "who", "stories"]}
      columns={{ who: { render: (value?: string) => value ?? "–" } }}
      detail
    />
  );
}

function Capabilities({ rows }: { rows: Covered[] }) {
  const w = useWords();
  const language = useLanguage();
  return (
    <Wide label={w.capabilities}>
      <Table
        size="small"
        rowKey="capability"
        dataSource={rows}
        pagination={false}

        columns={[
          {
            title: w.capability,
            render: (_, one) => (
              <Go to={`operator/catalogue/${one.capability}`}>{language === "zh" ? one.zh : one.title}</Go>
            ),
          },
          { title: w.about, render: (_, one) => <span className="c-clamp">{one.about || w.unbuilt}</span> },
          { title: w.live, align: "right", render: (_, one) => `${one.official} / ${one.own}` },
          { title: w.wanted, width: 180, render: (_, one) => <Share of={one.wanted} got={one.wanted - one.missing} /> },
          { title: w.told, align: "right", render: (_, one) => (one.about ? one.told : "–") },
          { title: w.stories, align: "right", dataIndex: "stories" },
        ]}
      />
    </Wide>
  );
}

function Share({ of, got }: { of: number; got: number }) {
  if (!of) return <>–</>;
  return (
    <span className="c-share">
      <Progress percent={(got * 100) / of} size="small" showInfo={false} aria-label={`${got}/${of}`} />
      <span className="c-small">{`${got}/${of}`}</span>
    </span>
  );
}
