// Writing a recipe: an editor that knows the language, what is wrong beside it, trying it on a twin, publishing.
import { CloudUploadOutlined, SaveOutlined } from "@ant-design/icons";
import { Alert, App, Button, Input, Skeleton } from "antd";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { defineWords, Refusal, useAct, type Answer } from "../../../kit";
import { appCall, Asked, Part, Sheet, useApi, useApp, useAppAsk, useGo } from "../../shared";
import type { Wrong } from "./CodeEditor";
import type { Schema } from "./complete";
import { Rehearsal } from "./Rehearsal";
import { SKELETON } from "./skeleton";

const CodeEditor = lazy(() => import("./CodeEditor"));

const useWords = defineWords({
  title: { zh: "草稿 {draft}", en: "Draft {draft}" },
  lead: {
    zh: "边写边检查；按 Ctrl+空格 看这里能写什么。",
    en: "Checked as you type; Ctrl+Space says what may stand here.",
  },
  name: { zh: "草稿名", en: "Name of the draft" },
  save: { zh: "保存草稿", en: "Save the draft" },
  saved: { zh: "已保存", en: "Saved" },
  publish: { zh: "发布", en: "Publish" },
  published: { zh: "{recipe} {version} 已发布", en: "{recipe} {version} is published" },
  editor: { zh: "方案内容（YAML）", en: "The recipe, in YAML" },
  sound: {
    zh: "可以发布。它会以商家的名义调用：{permissions}",
    en: "Ready to be published. In a merchant's name it calls: {permissions}",
  },
  nothing: { zh: "不调用任何接口", en: "nothing" },
  wrong: { zh: "{count} 处要改", en: "{count} to be mended" },
  line: { zh: "第 {line} 行", en: "Line {line}" },
});

type Understood = Answer<"kaifang.recipe.read">;

export default function Draft({ draft }: { draft: string }) {
  const kept = useAppAsk("kaifang.recipe.draft.list", {});
  const schema = useAppAsk("kaifang.recipe.schema", {}, { keep: 3_600_000 });
  const known = kept.data?.drafts.some((one) => one.draft === draft);
  const text = useAppAsk("kaifang.recipe.draft.look", known ? { draft } : null);
  const ready = {
    ...kept,
    data: kept.data && (known ? text.data : { text: SKELETON }),
    problem: kept.problem ?? text.problem,
  };
  return (
    <Asked of={schema}>
      {(told) => (
        <Asked of={ready}>{(begun) => <Writing draft={draft} begun={begun.text} schema={told.schema} />}</Asked>
      )}
    </Asked>
  );
}

function Writing({ draft, begun, schema }: { draft: string; begun: string; schema: unknown }) {
  const w = useWords();
  const [text, setText] = useState(begun);
  const [understood, setUnderstood] = useState<Understood>();
  const known = useKnown();
  const check = async (now: string): Promise<Wrong[]> => {
    const told = await appCall("kaifang.recipe.read", { text: now });
    setUnderstood(told);
    return told.problems;
  };
  return (
    <Sheet title={w("title", { draft })} lead={w.lead} extra={<Acts {...{ draft, text, understood }} />}>
      <Part>
        <Suspense fallback={<Skeleton active paragraph={{ rows: 12 }} />}>
          <CodeEditor
            text={begun}
            schema={schema as Schema}
            known={known}
            label={w.editor}
            check={check}
            onChange={setText}
          />
        </Suspense>
        {understood && <Found understood={understood} />}
      </Part>
      {understood?.content && <Rehearsal content={understood.content} />}
    </Sheet>
  );
}

/** Methods that may be called for merchants, and the capabilities they are of. */
function useKnown(): Record<string, string[]> {
  const { methods, capabilities } = useApi();
  return useMemo(
    () => ({
      call: [...methods.values()].filter((one) => one.who === "anyone" && !one.page).map((one) => one.name),
      needs: capabilities.map((one) => one.name),
    }),
    [methods, capabilities],
  );
}

function Found({ understood: { problems, permissions } }: { understood: Understood }) {
  const w = useWords();
  if (!problems.length) {
    const said = permissions.join(", ") || w.nothing;
    return <Alert type="success" showIcon title={w("sound", { permissions: said })} />;
  }
  const listed = (
    <ul className="c-wrongs">
      {problems.slice(0, 20).map(({ line, place, says }, at) => (
        <li key={at}>
          <strong>{w("line", { line })}</strong> <code>{place}</code> {says}
        </li>
      ))}
    </ul>
  );
  return <Alert type="warning" showIcon title={w("wrong", { count: problems.length })} description={listed} />;
}

function Acts({ draft, text, understood }: { draft: string; text: string; understood?: Understood }) {
  const w = useWords();
  const go = useGo();
  const { message, modal } = App.useApp();
  const { app_id } = useApp();
  const saving = useAct("kaifang.recipe.draft.save", { app: app_id, changes: ["kaifang.recipe.draft."] });
  const name = useRef(draft);
  const [publishing, setPublishing] = useState(false);
  const save = async () => {
    const saved = await saving.act({ draft: name.current, text });
    if (!saved) return;
    void message.success(w.saved);
    if (name.current !== draft) go(`provider/recipes/draft/${name.current}`);
  };
  const publish = async () => {
    setPublishing(true);
    try {
      const told = await appCall("kaifang.recipe.publish", { recipe: understood!.content as never });
      void message.success(w("published", { recipe: told.recipe, version: told.version }));
      go(`provider/recipes/${told.recipe}`);
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      modal.error({ title: w.publish, content: refused.message });
    } finally {
      setPublishing(false);
    }
  };
  const sound = understood?.content && !understood.problems.length;
  return (
    <>
      <Input
        className="c-draftname"
        aria-label={w.name}
        defaultValue={draft}
        onChange={(event) => (name.current = event.target.value)}
        status={saving.problem ? "error" : undefined}
        title={saving.problem?.message}
      />
      <Button icon={<SaveOutlined />} onClick={() => void save()} loading={saving.acting}>
        {w.save}
      </Button>
      <Button
        type="primary"
        icon={<CloudUploadOutlined />}
        disabled={!sound}
        loading={publishing}
        onClick={() => void publish()}
      >
        {w.publish}
      </Button>
    </>
  );
}
