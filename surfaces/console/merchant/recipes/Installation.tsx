// An installed recipe: how it does, what it brought, each of its runs; pausing, upgrading and removing it.
import { Alert } from "antd";
import { defineWords, moment, useLanguage, yuan, type Answer } from "../../../kit";
import {
  Act,
  Asked,
  Chart,
  DerivedList,
  Detail,
  Figure,
  Go,
  Part,
  Sheet,
  Term,
  useAppAsk,
  useAppLive,
} from "../../shared";
import { Flows } from "./About";
import { Calls } from "./Calls";

const useWords = defineWords({
  upgrade: { zh: "升级或修改填写", en: "Upgrade, or change what you filled in" },
  newer: { zh: "有新版本 {version}", en: "{version} is out" },
  state: { zh: "状态", en: "State" },
  version: { zh: "版本", en: "Version" },
  since: { zh: "{moment} 起", en: "since {moment}" },
  runs: { zh: "运行记录", en: "Runs" },
  none: { zh: "还没有运行过。等待它的第一个事件。", en: "It has not run yet; it waits for its first event." },
  inputs: { zh: "填写的内容", en: "What you filled in" },
  moves: { zh: "它能动你的多少钱", en: "What of your money it may move" },
  setup: { zh: "安装时", en: "Set-up" },
});
const PAUSE = { zh: "暂停", en: "Pause" };
const PAUSES = {
  zh: "暂停后不再开始新的运行，已开始的照常结束。",
  en: "No rule begins any more; runs that have begun end as they would.",
};
const RESUME = { zh: "继续", en: "Go on" };
const REMOVE = { zh: "移除", en: "Remove" };
const REMOVES = {
  zh: "它设置的一切会撤销，进行中的运行到此为止。",
  en: "What it set up is undone, and nothing of it goes on.",
};
const AGAIN = { zh: "从失败处继续", en: "Resume" };
const UNDO = { zh: "撤销这次运行", en: "Undo" };
const UNDOES = {
  zh: "它做的每一步都会倒着撤销，费用和统计也一并退回。",
  en: "Its steps are taken back, the last first; its cost and figures too.",
};
const CHANGES = ["kaifang.recipe."];

export default function Installation({ installation_id }: { installation_id: string }) {
  const w = useWords();
  const language = useLanguage();
  const mine = useAppAsk("kaifang.recipe.installation.look", { installation_id });
  const recipe = useAppAsk("kaifang.recipe.look", mine.data ? { recipe: mine.data.recipe } : null);
  const told = mine.data;
  const newer =
    told && recipe.data && recipe.data.version !== told.version
      ? w("newer", { version: recipe.data.version })
      : undefined;
  return (
    <Sheet
      title={recipe.data?.title[language] ?? told?.recipe ?? installation_id}
      lead={recipe.data?.about[language]}
      extra={told && <Acts told={told} />}
    >
      {told?.trouble && <Alert type="warning" showIcon title={told.trouble} />}
      <Asked of={mine}>
        {(one) => (
          <div className="m-figures">
            <Figure
              title={w.state}
              value={<Term value={one.state} />}
              note={w("since", { moment: moment(one.since) })}
            />
            <Figure
              title={w.version}
              value={one.version}
              note={newer && <Go to={`merchant/recipes/${one.recipe}`}>{newer}</Go>}
            />
          </div>
        )}
      </Asked>
      <Brought installation_id={installation_id} />
      <Part title={w.runs}>
        <DerivedList
          method="kaifang.recipe.run.list"
          ask={{ installation_id }}
          id="run_id"
          order={["rule", "state", "began", "ended", "refusal", "share"]}
          shows={["rule", "state", "began", "ended", "refusal", "share"]}
          columns={{
            rule: { title: { zh: "规则", en: "Rule" }, render: (rule: string) => rule || w.setup },
            event: false,
          }}
          detail={(row) => <Run run_id={row.run_id} />}
          live={["run.finish", "run.fail", "run.wait"]}
          name="runs"
          empty={w.none}
        />
      </Part>
      {told && (
        <div className="c-columns">
          <Part title={w.inputs}>
            <Detail method="kaifang.recipe.installation.look" data={{ ...told.inputs }} />
          </Part>
          <Part title={w.moves}>
            <Flows flows={told.flows} />
          </Part>
        </div>
      )}
    </Sheet>
  );
}

function Acts({ told }: { told: Answer<"kaifang.recipe.installation.look"> }) {
  const w = useWords();
  const { installation_id, state } = told;
  if (state === "REMOVED") return null;
  return (
    <>
      <Go to={`merchant/recipes/${told.recipe}`}>{w.upgrade}</Go>
      {state === "ACTIVE" ? (
        <Act
          method="kaifang.recipe.pause"
          ask={{ installation_id, pause: true }}
          label={PAUSE}
          sure={PAUSES}
          changes={CHANGES}
        />
      ) : (
        <Act
          method="kaifang.recipe.pause"
          ask={{ installation_id, pause: false }}
          label={RESUME}
          sure={false}
          changes={CHANGES}
        />
      )}
      <Act
        method="kaifang.recipe.remove"
        ask={{ installation_id }}
        label={REMOVE}
        sure={REMOVES}
        danger
        changes={CHANGES}
      />
    </>
  );
}

function Brought({ installation_id }: { installation_id: string }) {
  const language = useLanguage();
  const figures = useAppAsk("kaifang.recipe.figures", { installation_id });
  useAppLive(["run.finish"], () => void figures.again());
  return (
    <Asked of={figures}>
      {(told) => (
        <>
          <div className="m-figures">
            {told.figures.map((one) => (
              <Figure key={one.figure} title={one.says[language]} value={written(one.kind, one.total)} />
            ))}
          </div>
          {told.figures.some((one) => one.days.length > 1) && <ByDay figures={told.figures} />}
        </>
      )}
    </Asked>
  );
}

type Figures = Answer<"kaifang.recipe.figures">["figures"];

const written = (kind: string, value: number): string =>
  kind === "amount" ? yuan((value / 100).toFixed(2)) : String(value);

function ByDay({ figures }: { figures: Figures }) {
  const language = useLanguage();
  const days = [...new Set(figures.flatMap((one) => one.days.map((each) => each.day)))].sort();
  const of = (one: Figures[number], day: string) => one.days.find((each) => each.day === day)?.value ?? 0;
  const option = {
    legend: { bottom: 0 },
    grid: { left: 8, right: 8, top: 16, bottom: 40, containLabel: true },
    tooltip: { trigger: "axis" as const },
    xAxis: { type: "category" as const, data: days },
    yAxis: { type: "value" as const },
    series: figures.map((one) => ({
      name: one.says[language],
      type: "line" as const,
      symbol: "none",
      data: days.map((day) => (one.kind === "amount" ? of(one, day) / 100 : of(one, day))),
    })),
  };
  const columns = [{ zh: "日期", en: "Day" }, ...figures.map((one) => ({ zh: one.says.zh, en: one.says.en }))];
  const rows = days.map((day) => [day, ...figures.map((one) => written(one.kind, of(one, day)))]);
  return (
    <Part>
      <Chart title={{ zh: "每天", en: "Day by day" }} option={option} table={{ columns, rows }} height={280} />
    </Part>
  );
}

function Run({ run_id }: { run_id: string }) {
  const run = useAppAsk("kaifang.recipe.run.look", { run_id });
  return (
    <Asked of={run}>
      {(told) => (
        <>
          <div className="c-actions">
            {told.state === "FAILED" && (
              <Act method="kaifang.recipe.run.resume" ask={{ run_id }} label={AGAIN} sure={false} changes={CHANGES} />
            )}
            {told.rule && (told.state === "DONE" || told.state === "FAILED") && (
              <Act
                method="kaifang.recipe.run.undo"
                ask={{ run_id }}
                label={UNDO}
                sure={UNDOES}
                danger
                changes={CHANGES}
              />
            )}
          </div>
          <Detail method="kaifang.recipe.run.look" data={told} hide={["calls"]} />
          <Calls calls={told.calls} />
        </>
      )}
    </Asked>
  );
}
