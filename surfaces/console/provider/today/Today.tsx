// A service provider's day: whom it serves, what waits for it, what its recipes do and earn.
import { defineWords, useLanguage } from "../../../kit";
import { Asked, DerivedList, Figure, Go, Part, Sheet, useApp, useAppAsk } from "../../shared";

const useWords = defineWords({
  lead: {
    zh: "服务的商家、等您处理的订单、方案与收入。",
    en: "Whom you serve, what waits for you, and what your recipes do.",
  },
  merchants: { zh: "服务的商家应用", en: "Applications served" },
  orders: { zh: "等待接单", en: "Orders to accept" },
  doing: { zh: "进行中的订单", en: "Orders under way" },
  commissions: { zh: "有效分佣", en: "Commissions in force" },
  recipes: { zh: "已发布方案", en: "Recipes published" },
  installed: { zh: "方案", en: "Recipes" },
  noRecipes: {
    zh: "还没有发布方案。写一个，商家一键安装。",
    en: "No recipes yet. Write one, and merchants install it at once.",
  },
  write: { zh: "写方案", en: "Write a recipe" },
  have: { zh: "{count} 家在用", en: "{count} merchants" },
  earned: { zh: "最近的方案收入", en: "What recipes earned lately" },
  noEarned: { zh: "还没有方案收入；方案运行后每晚结算。", en: "Nothing yet; what recipes earn is settled each night." },
});

export default function Today() {
  const w = useWords();
  const language = useLanguage();
  const { name } = useApp();
  const merchants = useAppAsk("kaifang.openapp.authorisation.served", { state: "VALID", page_size: 1 });
  const waiting = useAppAsk("kaifang.market.order.received", { status: "MERCHANT_ORDED", page_size: 1 });
  const doing = useAppAsk("kaifang.market.order.received", { status: "ISV_ACCEPTED", page_size: 1 });
  const commissions = useAppAsk("kaifang.commission.offered", { state: "VALID", page_size: 1 });
  const recipes = useAppAsk("kaifang.recipe.mine", { page_size: 20 });
  return (
    <Sheet title={name} lead={w.lead}>
      <div className="c-grid">
        <Figure title={<Go to="provider/merchants">{w.merchants}</Go>} value={merchants.data?.total ?? "…"} />
        <Figure title={<Go to="provider/orders">{w.orders}</Go>} value={waiting.data?.total ?? "…"} />
        <Figure title={<Go to="provider/orders">{w.doing}</Go>} value={doing.data?.total ?? "…"} />
        <Figure title={<Go to="provider/commissions">{w.commissions}</Go>} value={commissions.data?.total ?? "…"} />
        <Figure title={<Go to="provider/recipes">{w.recipes}</Go>} value={recipes.data?.total ?? "…"} />
      </div>
      <Part title={w.installed} extra={<Go to="provider/recipes/draft/new_recipe">{w.write}</Go>}>
        <Asked of={recipes} empty={w.noRecipes} none={(told) => told.recipes.length === 0}>
          {(told) => (
            <ul className="c-devices">
              {told.recipes.map((one) => (
                <li key={one.recipe}>
                  <div>
                    <Go to={`provider/recipes/${one.recipe}`}>{one.title[language]}</Go>
                    <div className="c-quiet c-small">{one.about[language]}</div>
                  </div>
                  <span className="c-money">{w("have", { count: one.installed })}</span>
                </li>
              ))}
            </ul>
          )}
        </Asked>
      </Part>
      <Part title={w.earned}>
        <DerivedList
          method="kaifang.recipe.share.list"
          id="installation_id"
          shows={["day", "recipe", "merchant", "runs", "amount", "settled"]}
          order={["day"]}
          empty={w.noEarned}
        />
      </Part>
    </Sheet>
  );
}
