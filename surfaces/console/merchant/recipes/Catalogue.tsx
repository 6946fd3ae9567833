// Recipes that service providers offer: what each is for, and whether it is installed.
import { Card, Tag } from "antd";
import { defineWords, useLanguage } from "../../../kit";
import { Asked, Go, Sheet, useAppAsk } from "../../shared";
import { useOwnRecipes } from "../own";

const useWords = defineWords({
  title: { zh: "解决方案", en: "Recipes" },
  lead: {
    zh: "服务商为各行业写好的做法。看清它能做什么、会动多少钱，试一遍，再安装。",
    en: "What service providers have composed for your trade. See what each may do and cost, try it, then install it.",
  },
  none: { zh: "还没有服务商发布解决方案。", en: "No service provider has published a recipe yet." },
  by: { zh: "{provider} · {version}", en: "{provider} · {version}" },
  installed: { zh: "已安装", en: "Installed" },
});

export default function Catalogue() {
  const w = useWords();
  const language = useLanguage();
  const recipes = useAppAsk("kaifang.recipe.list", { page_size: 100 });
  const mine = useAppAsk("kaifang.recipe.installation.list", useOwnRecipes());
  const installed = new Set(mine.data?.installations.map((one) => one.recipe));
  return (
    <Sheet title={w.title} lead={w.lead}>
      <Asked of={recipes} none={(told) => !told.recipes.length} empty={w.none}>
        {(told) => (
          <div className="c-columns">
            {told.recipes.map((one) => (
              <Card
                key={one.recipe}
                className="c-part"
                title={
                  <h2>
                    <Go to={`merchant/recipes/${one.recipe}`}>{one.title[language]}</Go>
                  </h2>
                }
                extra={installed.has(one.recipe) && <Tag color="green">{w.installed}</Tag>}
              >
                <p>{one.about[language]}</p>
                <p className="c-quiet c-small">{w("by", { provider: one.provider_name, version: one.version })}</p>
              </Card>
            ))}
          </div>
        )}
      </Asked>
    </Sheet>
  );
}
