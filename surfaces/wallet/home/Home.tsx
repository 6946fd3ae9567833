// The first page.
import { defineWords, useSession } from "../../kit";
import { Page } from "../shell/Page";

const useWords = defineWords({ hello: { zh: "你好，{name}", en: "Hello, {name}" }, home: { zh: "首页", en: "Home" } });

export default function Home() {
  const w = useWords();
  const session = useSession();
  return (
    <Page title={w.home} back={false}>
      <p className="box">{w("hello", { name: session?.name ?? "" })}</p>
    </Page>
  );
}
