// The orders of the provider's services: accepted or rejected, and set up item by item.
import { Tag } from "antd";
import { defineWords } from "../../../kit";
import { Act, ActForm, DerivedList, Sheet, termOf } from "../../shared";
import { useLanguage } from "../../../kit";

const useWords = defineWords({
  title: { zh: "服务订单", en: "Orders" },
  lead: {
    zh: "商家付款后三天内接单，接单后三十天内逐项开通；商家确认后款项到账。",
    en:
      "Accept within three days of the payment, then set each item up within thirty; " +
      "the money comes as the merchant confirms.",
  },
  empty: {
    zh: "还没有订单。商家订购您的服务后会出现在这里。",
    en: "No orders yet. They stand here once merchants order your services.",
  },
});

const LIST = "kaifang.market.order.received";

interface Item {
  entity: string;
  name: string;
  status: string;
}

export default function Orders() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <DerivedList
        method={LIST}
        id="commodity_order_id"
        order={["title", "merchant_name"]}
        shows={["title", "merchant_name", "items", "total_price", "status", "ordered", "until"]}
        columns={{ items: { render: (items: Item[]) => <Items items={items} /> } }}
        live={["order.pay", "order.accept"]}
        actions={(row) => <Acts id={row.commodity_order_id} status={row.status} items={row.items} />}
        empty={w.empty}
        detail
      />
    </Sheet>
  );
}

function Items({ items }: { items: Item[] }) {
  const language = useLanguage();
  return (
    <span className="c-several">
      {items.map((one) => (
        <Tag key={one.entity}>
          {one.name} · {termOf(one.status)[language]}
        </Tag>
      ))}
    </span>
  );
}

function Acts({ id, status, items }: { id: string; status: string; items: Item[] }) {
  const ask = { commodity_order_id: id };
  if (status === "MERCHANT_ORDED")
    return (
      <>
        <Act
          method="alipay.open.servicemarket.order.accept"
          ask={ask}
          label={{ zh: "接单", en: "Accept" }}
          sure={false}
          type="primary"
          size="small"
          changes={[LIST]}
        />
        <ActForm
          method="alipay.open.servicemarket.order.reject"
          ask={ask}
          label={{ zh: "拒单", en: "Reject" }}
          lead={{ zh: "款项退回商家。", en: "The merchant has its money back." }}
          danger
          size="small"
          changes={[LIST]}
        />
      </>
    );
  if (status !== "ISV_ACCEPTED") return null;
  return items
    .filter((one) => one.status === "DOING" || one.status === "TO_DO")
    .map((one) => (
      <Act
        key={one.entity}
        method="alipay.open.servicemarket.order.item.complete"
        ask={{ ...ask, [one.entity.startsWith("2021") ? "mini_app_id" : "shop_id"]: one.entity }}
        label={{ zh: `完成：${one.name}`, en: `Done: ${one.name}` }}
        sure={false}
        size="small"
        changes={[LIST]}
      />
    ));
}
