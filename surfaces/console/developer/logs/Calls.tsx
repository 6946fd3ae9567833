// What the application asked, with what came of it.
import { Tag } from "antd";
import { defineWords } from "../../../kit";
import { DerivedList, Go, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "请求", en: "Requests" },
  lead: {
    zh: "这个应用最近的每次调用，打开可看原文；被拒绝的附诊断。沙箱里每个应用保留最近 500 条。",
    en: "This application's latest calls with what was sent, diagnosed where refused; a sandbox keeps 500.",
  },
  empty: { zh: "还没有调用。到接口页试一个。", en: "No calls yet. Try one in the API explorer." },
});

export default function Calls() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList
        method="kaifang.log.requests"
        id="trace"
        to={(row) => `developer/requests/${row.trace}`}
        filters={{ app_id: false, whole: false, trace: false }}
        columns={{
          trace: { title: { zh: "追踪号", en: "Trace" } },
          outcome: { title: { zh: "结果", en: "Outcome" }, render: (value: string) => <Outcome code={value} /> },
          method: {
            title: { zh: "接口", en: "Method" },
            render: (name: string) => (name ? <Go to={`developer/explorer/${name}`}>{name}</Go> : null),
          },
          took: { title: { zh: "耗时（毫秒）", en: "Took (ms)" } },
          app_id: false,
          asked: false,
          answered: false,
        }}
        shows={["trace", "at", "method", "version", "status", "outcome", "took"]}
        empty={<Go to="developer/explorer">{w.empty}</Go>}
        name="requests"
      />
    </Sheet>
  );
}

/** 10000 is done, 10003 waits for somebody; all else is a refusal. */
export function Outcome({ code }: { code: string }) {
  const colour = code === "10000" ? "green" : code === "10003" ? "gold" : "red";
  return <Tag color={colour}>{code}</Tag>;
}
