// The merchant's shops.
import { PlusOutlined } from "@ant-design/icons";
import { App } from "antd";
import { defineWords } from "../../../kit";
import { ActForm, DerivedList, Sheet, Term } from "../../shared";
import { useMerchant } from "../own";
import { FIELDS, ORDER } from "./fields";

const useWords = defineWords({
  title: { zh: "门店", en: "Shops" },
  lead: {
    zh: "开在这里的门店，会出现在附近门店、搜索和支付成功页。",
    en: "Shops opened here are found nearby, in the search and after payments.",
  },
  empty: { zh: "还没有门店。点“开一家门店”。", en: "No shops yet. Open one." },
  opened: { zh: "门店已开通", en: "The shop is open" },
  review: { zh: "已提交，审核通过后门店会出现在列表里", en: "Sent; the shop appears here once it is admitted" },
});
const OPEN = { zh: "开一家门店", en: "Open a shop" };

export default function Shops() {
  const w = useWords();
  const merchant = useMerchant();
  const { message } = App.useApp();
  const told = ({ exist_shop_id }: { exist_shop_id?: string }) =>
    void message.info(exist_shop_id ? w.opened : w.review);
  const open = merchant && (
    <ActForm
      method="ant.merchant.expand.shop.create"
      ask={{ ip_role_id: merchant }}
      label={OPEN}
      type="primary"
      icon={<PlusOutlined />}
      fields={FIELDS}
      order={ORDER}
      done={null}
      onDone={told}
      changes={["kaifang.merchant.shop.list"]}
    />
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={open}>
      <DerivedList
        method="kaifang.merchant.shop.list"
        id="shop_id"
        to={(row) => `merchant/shops/${row.shop_id}`}
        shows={["shop_name", "store_id", "shop_status", "business_address", "contact_mobile"]}
        order={["shop_name", "store_id", "shop_status", "business_address", "contact_mobile"]}
        columns={{
          shop_status: { render: (state: string) => <Term value={`SHOP_${state}`} /> },
          business_address: {
            render: (one?: { address?: string }) => one?.address ?? "–",
            csv: (one) => one?.address ?? "",
          },
          new_shop_category: false,
        }}
        name="shops"
        empty={w.empty}
      />
    </Sheet>
  );
}
