// What wants an answer: each is a link to where it is given.
import { Alert } from "antd";
import { defineWords } from "../../../kit";
import { Go, useAppAsk, useAppLive } from "../../shared";
import { useOwnRecipes } from "../own";

const useWords = defineWords({
  complaints: { zh: "{count} 条投诉等你回复", en: "Complaints that wait for your answer: {count}" },
  disputed: { zh: "{count} 笔担保交易有争议", en: "Guaranteed trades that are disputed: {count}" },
  troubled: { zh: "{count} 个解决方案需要看一看", en: "Recipes that need a look: {count}" },
});

export function Waiting() {
  const w = useWords();
  const complaints = useAppAsk("alipay.merchant.tradecomplain.batchquery", {
    status: "MERCHANT_PROCESSING",
    page_size: 1,
  });
  const disputed = useAppAsk("kaifang.business.order.list", { escrow: "DISPUTED", page_size: 1 });
  const recipes = useAppAsk("kaifang.recipe.installation.list", useOwnRecipes());
  useAppLive(["complaint.open", "complaint.feedback", "settlement.dispute", "settlement.resolve"], () => {
    void complaints.again();
    void disputed.again();
  });
  const troubled = recipes.data?.installations.filter((one) => one.trouble).length ?? 0;
  const found = [
    { key: "complaints", count: complaints.data?.total_num ?? 0, to: "merchant/complaints" },
    { key: "disputed", count: disputed.data?.count ?? 0, to: "merchant/orders" },
    { key: "troubled", count: troubled, to: "merchant/installed" },
  ] as const;
  return found
    .filter((one) => one.count > 0)
    .map((one) => (
      <Alert key={one.key} type="warning" showIcon title={<Go to={one.to}>{w(one.key, { count: one.count })}</Go>} />
    ));
}
