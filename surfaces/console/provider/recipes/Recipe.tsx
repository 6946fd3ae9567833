// One published recipe: its versions, who has it, how its runs go, and what it says.
import { EditOutlined } from "@ant-design/icons";
import { Button, Table } from "antd";
import { defineWords, moment, useLanguage, type Answer } from "../../../kit";
import {
  Act,
  appCall,
  Asked,
  Code,
  DerivedList,
  Figure,
  Part,
  Sheet,
  Term,
  useAppAsk,
  useGo,
  Wide,
} from "../../shared";
import { written } from "./yaml";

const useWords = defineWords({
  installed: { zh: "在用的商家", en: "Merchants who have it" },
  troubled: { zh: "其中有故障", en: "In trouble" },
  versions: { zh: "版本", en: "Versions" },
  published: { zh: "{when} 发布", en: "published {when}" },
  holders: { zh: "谁在用", en: "Who has it" },
  nobody: { zh: "还没有商家安装。", en: "Nobody has installed it yet." },
  runs: { zh: "运行情况", en: "How its runs go" },
  noRuns: { zh: "还没有运行。", en: "It has not run yet." },
  rule: { zh: "规则", en: "Rule" },
  state: { zh: "状态", en: "State" },
  refusal: { zh: "被拒原因", en: "Refused with" },
  count: { zh: "次数", en: "Runs" },
  version: { zh: "版本", en: "Version" },
  setup: { zh: "安装步骤", en: "set-up" },
  content: { zh: "内容", en: "What it says" },
  next: { zh: "写下一版", en: "Write the next version" },
});

type Own = Answer<"kaifang.recipe.mine">["recipes"][number];

export default function Recipe({ recipe }: { recipe: string }) {
  const w = useWords();
  const language = useLanguage();
  const looked = useAppAsk("kaifang.recipe.look", { recipe });
  const health = useAppAsk("kaifang.recipe.health", { recipe });
  const mine = useAppAsk("kaifang.recipe.mine", { page_size: 100 });
  const own = mine.data?.recipes.find((one) => one.recipe === recipe);
  return (
    <Sheet
      title={looked.data?.title[language] ?? recipe}
      lead={looked.data?.about[language]}
      extra={looked.data && <Next recipe={recipe} content={looked.data.content} />}
    >
      <Asked of={health}>
        {(told) => (
          <>
            <div className="c-grid">
              <Figure title={w.installed} value={told.installed} />
              <Figure title={w.troubled} value={told.troubled} trend={told.troubled ? "down" : undefined} />
            </div>
            <div className="c-columns">
              <Part title={w.versions}>{own && <Versions own={own} />}</Part>
              <Part title={w.runs}>
                {told.runs.length === 0 ? <p className="c-quiet">{w.noRuns}</p> : <Runs runs={told.runs} />}
              </Part>
            </div>
          </>
        )}
      </Asked>
      <Part title={w.holders}>
        <DerivedList
          method="kaifang.recipe.holders"
          ask={{ recipe }}
          id="installation_id"
          order={["merchant_name"]}
          empty={w.nobody}
        />
      </Part>
      <Asked of={looked}>
        {(told) => (
          <Part title={w.content}>
            <Code tall text={written(told.content)} name={`${recipe}.yaml`} label={`${recipe} ${told.version}`} />
          </Part>
        )}
      </Asked>
    </Sheet>
  );
}

function Versions({ own }: { own: Own }) {
  const w = useWords();
  return (
    <ul className="c-devices">
      {own.versions.map((one) => (
        <li key={one.version}>
          <div>
            <strong>{one.version}</strong> <Term value={one.state} />
            <div className="c-quiet c-small">{w("published", { when: moment(one.published) })}</div>
          </div>
          {one.state === "PUBLISHED" && (
            <Act
              method="kaifang.recipe.withdraw"
              ask={{ recipe: own.recipe, version: one.version }}
              label={{ zh: "撤回", en: "Withdraw" }}
              sure={{
                zh: "不能再安装；已安装的商家不受影响。",
                en: "Nobody can install it any more; who has it keeps it.",
              }}
              size="small"
              danger
              changes={["kaifang.recipe."]}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Runs({ runs }: { runs: Answer<"kaifang.recipe.health">["runs"] }) {
  const w = useWords();
  return (
    <Wide label={w.runs}>
      <Table
        size="small"
        rowKey={(one) => `${one.version} ${one.rule} ${one.state} ${one.refusal ?? ""}`}
        dataSource={runs}
        pagination={runs.length > 10 && { size: "small" }}

        columns={[
          { title: w.version, dataIndex: "version" },
          { title: w.rule, render: (_, one) => one.rule || w.setup },
          { title: w.state, render: (_, one) => <Term value={one.state} /> },
          { title: w.refusal, render: (_, one) => one.refusal ?? "–" },
          { title: w.count, align: "right", dataIndex: "runs" },
        ]}
      />
    </Wide>
  );
}

/** Keeps what is published as a draft, and opens it. */
function Next({ recipe, content }: { recipe: string; content: unknown }) {
  const w = useWords();
  const go = useGo();
  const begin = async () => {
    await appCall("kaifang.recipe.draft.save", { draft: recipe, text: written(content) });
    go(`provider/recipes/draft/${recipe}`);
  };
  return (
    <Button icon={<EditOutlined />} onClick={() => void begin()}>
      {w.next}
    </Button>
  );
}
