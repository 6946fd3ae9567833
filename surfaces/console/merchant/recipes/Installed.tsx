// The recipes that work for the merchant.
import { defineWords } from "../../../kit";
import { DerivedList, Go, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "已安装的解决方案", en: "Installed recipes" },
  empty: { zh: "还没有安装。去看看有哪些解决方案。", en: "None yet. See which there are." },
  catalogue: { zh: "全部解决方案", en: "All recipes" },
});

export default function Installed() {
  const w = useWords();
  return (
    <Sheet title={w.title} extra={<Go to="merchant/recipes">{w.catalogue}</Go>}>
      <DerivedList
        method="kaifang.recipe.installation.list"
        id="installation_id"
        to={(row) => `merchant/installed/${row.installation_id}`}
        order={["recipe", "version", "state", "trouble", "since"]}
        shows={["recipe", "version", "state", "trouble", "since"]}
        columns={{ trouble: { title: { zh: "异常", en: "Trouble" } } }}
        name="installed"
        empty={w.empty}
      />
    </Sheet>
  );
}
