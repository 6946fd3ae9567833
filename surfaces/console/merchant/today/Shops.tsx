// What each shop sold that day.
import { Table } from "antd";
import { defineWords, yuan } from "../../../kit";
import { Part, Wide } from "../../shared";
import type { Day } from "./Figures";

const useWords = defineWords({
  title: { zh: "各门店", en: "By shop" },
  shop: { zh: "门店", en: "Shop" },
  none: { zh: "未注明门店", en: "No shop named" },
  orders: { zh: "订单", en: "Orders" },
  receipts: { zh: "收款", en: "Receipts" },
  refunded: { zh: "退款", en: "Refunded" },
  nothing: { zh: "这一天还没有成交。", en: "Nothing was sold that day." },
});

export function Shops({ day }: { day: Day }) {
  const w = useWords();
  return (
    <Part title={w.title}>
      <Wide label={w.title}>
        <Table
          size="small"
          rowKey="store_id"
          pagination={day.shops.length > 10 && { size: "small" }}
          locale={{ emptyText: w.nothing }}
          dataSource={day.shops}
          columns={[
            { title: w.shop, render: (_, one) => one.store_id || w.none },
            { title: w.orders, align: "end", dataIndex: "orders" },
            { title: w.receipts, align: "end", render: (_, one) => yuan(one.receipts) },
            { title: w.refunded, align: "end", render: (_, one) => yuan(one.refunded) },
          ]}
        />
      </Wide>
    </Part>
  );
}
