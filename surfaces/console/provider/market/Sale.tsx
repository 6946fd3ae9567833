// The services that the provider offers in the market.
import { PlusOutlined } from "@ant-design/icons";
import { defineWords } from "../../../kit";
import { Act, ActForm, DerivedList, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "服务商品", en: "Services on sale" },
  lead: {
    zh: "发布的服务由平台审核，上线后商家按门店或小程序订购。",
    en: "The platform reviews each; once it is on sale merchants order it for a shop or a mini program.",
  },
  empty: {
    zh: "还没有服务。发布一个，审核通过后商家就能订购。",
    en: "None yet. Publish one; merchants can order it once it is reviewed.",
  },
});

const LIST = "kaifang.market.commodity.list";
const PUBLISH = "kaifang.market.commodity.publish";
const SAID = ["title", "subtitle", "category_code", "kind", "specification", "price", "days"];

export default function Sale() {
  const w = useWords();
  const publish = (
    <ActForm
      method={PUBLISH}
      label={{ zh: "发布服务", en: "Publish a service" }}
      icon={<PlusOutlined />}
      type="primary"
      order={SAID}
      fields={{ commodity_id: { hidden: true } }}
      changes={[LIST]}
    />
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={publish}>
      <DerivedList
        method={LIST}
        ask={{ mine: true }}
        id="commodity_id"
        order={["title"]}
        shows={["title", "category_code", "kind", "price", "days", "status", "memo"]}
        empty={w.empty}
        detail
        actions={(row) => (
          <>
            {row.status !== "AUDIT" && (
              <ActForm
                method={PUBLISH}
                ask={{ commodity_id: row.commodity_id }}
                initial={Object.fromEntries(SAID.map((name) => [name, row[name]]))}
                order={SAID}
                label={{ zh: "更改", en: "Change" }}
                size="small"
                changes={[LIST]}
              />
            )}
            {["AUDIT", "ONLINE"].includes(row.status) && (
              <Act
                method="kaifang.market.commodity.take_down"
                ask={{ commodity_id: row.commodity_id }}
                label={{ zh: "下架", en: "Take down" }}
                sure={{ zh: "已有订单照常进行。", en: "Orders that were placed go on." }}
                size="small"
                danger
                changes={[LIST]}
              />
            )}
          </>
        )}
      />
    </Sheet>
  );
}
