// The recipes that work for the merchant.
import { defineWords, Empty } from "../../../kit";
import { DerivedList, Go, Sheet } from "../../shared";
import { useOwnRecipes } from "../own";

const useWords = defineWords({
  title: { zh: "已安装的解决方案", en: "Installed recipes" },
  empty: { zh: "还没有安装。去看看有哪些解决方案。", en: "None yet. See which there are." },
  merchants: { zh: "只有商户自己的应用可以安装。", en: "Only applications of merchants themselves install recipes." },
  catalogue: { zh: "全部解决方案", en: "All recipes" },
});

export default function Installed() {
  const w = useWords();
  return (
    <Sheet title={w.title} extra={<Go to="merchant/recipes">{w.catalogue}</Go>}>
      {useOwnRecipes() ? <Mine empty={w.empty} /> : <Empty>{w.merchants}</Empty>}
    </Sheet>
  );
}

function Mine({ empty }: { empty: string }) {
  return (
    <DerivedList
      method="kaifang.recipe.installation.list"
      id="installation_id"
      to={(row) => `merchant/installed/${row.installation_id}`}
      order={["recipe", "version", "state", "trouble", "since"]}
      shows={["recipe", "version", "state", "trouble", "since"]}
      columns={{ trouble: { title: { zh: "异常", en: "Trouble" } } }}
      name="installed"
      empty={empty}
    />
  );
}
