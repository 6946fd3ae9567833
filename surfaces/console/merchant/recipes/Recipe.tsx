// One recipe before it is installed, or upgraded: what it does, may do, may move and costs; its inputs; and trying it.
import { Alert, Button, Checkbox, Form, Steps } from "antd";
import { useState } from "react";
import { defineWords, moment, useLanguage, type Answer } from "../../../kit";
import { Asked, Go, Part, Sheet, useApp, useAppAct, useAppAsk, useGo } from "../../shared";
import { useOwnRecipes } from "../own";
import { Costs, Difference, Flows, Permissions } from "./About";
import { Calls } from "./Calls";
import { Inputs, type Given } from "./Inputs";

type Looked = Answer<"kaifang.recipe.look">;
type Installed = Answer<"kaifang.recipe.installation.list">["installations"][number];

const useWords = defineWords({
  about: { zh: "{version} · {moment} 发布", en: "{version}, published {moment}" },
  does: { zh: "它做什么", en: "What it does" },
  meets: { zh: "顾客在哪里遇到它", en: "Where people meet it" },
  may: { zh: "它能以你的名义做什么", en: "What it may do in your name" },
  moves: { zh: "它能动你的多少钱", en: "What of your money it may move" },
  costs: { zh: "服务商收费", en: "What it costs" },
  inputs: { zh: "填写", en: "Fill in" },
  changed: { zh: "与现在的版本 {version} 相比", en: "Compared with your version {version}" },
  rehearse: { zh: "先试一遍", en: "Try it first" },
  allow: { zh: "我允许它做上面列出的事，只允许这些", en: "I allow what is listed above, and nothing else" },
  install: { zh: "安装", en: "Install" },
  upgrade: { zh: "升级到 {version}", en: "Go over to {version}" },
  mine: { zh: "已安装 {version}，看运行情况", en: "{version} is installed: see how it does" },
  rehearsed: {
    zh: "试运行：真的做了一遍，又全部撤销，没有留下任何东西。",
    en: "Tried: all of it was really done, and forgotten again. Nothing of it is left.",
  },
  merchants: { zh: "只有商户自己的应用可以安装。", en: "Only applications of merchants themselves install recipes." },
  nothing: { zh: "安装时什么都不用做，之后按规则运行。", en: "Nothing is set up; its rules run from then on." },
});
const CHANGES = ["kaifang.recipe."];

export default function Recipe({ recipe }: { recipe: string }) {
  const w = useWords();
  const language = useLanguage();
  const looked = useAppAsk("kaifang.recipe.look", { recipe });
  const mine = useAppAsk("kaifang.recipe.installation.list", useOwnRecipes());
  const told = looked.data;
  const installed = mine.data?.installations.find((one) => one.recipe === recipe);
  const seen = installed && (
    <Go to={`merchant/installed/${installed.installation_id}`}>{w("mine", { version: installed.version })}</Go>
  );
  return (
    <Sheet title={told?.title[language] ?? recipe} lead={told?.about[language]} extra={seen}>
      <Asked of={looked}>{(one) => <Whole key={installed?.version} told={one} installed={installed} />}</Asked>
    </Sheet>
  );
}

function Whole({ told, installed }: { told: Looked; installed?: Installed }) {
  const w = useWords();
  const language = useLanguage();
  const [given, setGiven] = useState<Given>(installed?.inputs ?? {});
  const filled = useAppAsk("kaifang.recipe.look", { recipe: told.recipe, inputs: given as never }, { hold: true });
  const rules = told.content.rules.map((one) => ({ title: one.says[language], content: one.on ?? one.every }));
  return (
    <>
      <div className="c-columns">
        <Part title={w.does}>
          <p className="c-quiet">{w("about", { version: told.version, moment: moment(told.published) })}</p>
          <Steps orientation="vertical" size="small" type="dot" current={rules.length} items={rules} />
          {told.slots.length > 0 && (
            <>
              <h3 className="m-gap">{w.meets}</h3>
              <ul>
                {told.slots.map((one) => (
                  <li key={one.slot}>{one.says[language]}</li>
                ))}
              </ul>
            </>
          )}
        </Part>
        <Part title={w.may}>
          <Permissions permissions={told.permissions} />
        </Part>
      </div>
      <div className="c-columns">
        <Part title={w.moves}>
          <Flows flows={(filled.data ?? told).flows} />
        </Part>
        <Part title={w.costs}>
          <Costs costs={told.costs} content={told.content} />
        </Part>
      </div>
      {installed && installed.version !== told.version && (
        <Part title={w("changed", { version: installed.version })}>
          <Difference installed={installed} told={told} />
        </Part>
      )}
      <Part title={w.inputs}>
        <Inputs inputs={told.inputs} value={given} missing={(filled.data ?? told).missing} onChange={setGiven} />
        {useOwnRecipes() ? (
          <Doing told={told} given={given} installed={installed} />
        ) : (
          <p className="c-quiet">{w.merchants}</p>
        )}
      </Part>
    </>
  );
}

function Doing({ told, given, installed }: { told: Looked; given: Given; installed?: Installed }) {
  const w = useWords();
  const go = useGo();
  const app = useApp();
  const [allowed, allow] = useState(false);
  const rehearse = useAppAct("kaifang.recipe.rehearse");
  const install = useAppAct("kaifang.recipe.install", { changes: CHANGES });
  const upgrade = useAppAct("kaifang.recipe.upgrade", { changes: CHANGES });
  const [tried, setTried] = useState<Answer<"kaifang.recipe.rehearse">>();
  const permissions = told.permissions.map((one) => one.call);
  const common = { inputs: given as never, permissions, version: told.version };
  const try_it = async () => setTried(await rehearse.act({ recipe: told.recipe, app_id: app.app_id, ...common }));
  const do_it = async () => {
    const done = installed
      ? await upgrade.act({ installation_id: installed.installation_id, ...common })
      : await install.act({ recipe: told.recipe, app_id: app.app_id, ...common });
    if (done) go(`merchant/installed/${done.installation_id}`);
  };
  const problem = rehearse.problem ?? install.problem ?? upgrade.problem;
  return (
    <Form component={false}>
      {problem && <Alert type="error" showIcon title={problem.message} role="alert" />}
      {tried && !rehearse.problem && (
        <>
          <Alert type="success" showIcon title={w.rehearsed} role="status" />
          {tried.setup.length ? <Calls calls={tried.setup} /> : <p className="c-quiet">{w.nothing}</p>}
        </>
      )}
      <p>
        <Checkbox checked={allowed} onChange={(event) => allow(event.target.checked)}>
          {w.allow}
        </Checkbox>
      </p>
      <div className="c-buttons">
        <Button onClick={() => void try_it()} loading={rehearse.acting}>
          {w.rehearse}
        </Button>
        <Button
          type="primary"
          disabled={!allowed}
          onClick={() => void do_it()}
          loading={install.acting || upgrade.acting}
        >
          {installed ? w("upgrade", { version: told.version }) : w.install}
        </Button>
      </div>
    </Form>
  );
}
