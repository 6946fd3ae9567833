// What somebody sees who has no application to act as yet.
import { defineWords, Empty } from "../../kit";
import { Go } from "../shared/go";
import { Sheet } from "../shared/Sheet";

const useWords = defineWords({
  title: { zh: "还没有应用", en: "No application yet" },
  why: {
    zh: "这一页属于某个应用。先创建一个，在沙箱里马上就能用。",
    en: "This page is about an application. Create one first: in a sandbox it works at once.",
  },
  create: { zh: "去创建应用", en: "Create an application" },
});

export function NoApp() {
  const w = useWords();
  return (
    <Sheet title={w.title}>
      <Empty action={<Go to="developer">{w.create}</Go>}>{w.why}</Empty>
    </Sheet>
  );
}
