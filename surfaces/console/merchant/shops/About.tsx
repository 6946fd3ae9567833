// What people read of a shop, and what the platform knows of it.
import { Descriptions } from "antd";
import { defineWords, type Answer } from "../../../kit";
import { useAppAsk } from "../../shared";

const useWords = defineWords({
  address: { zh: "地址", en: "Address" },
  position: { zh: "位置", en: "Position" },
  kind: { zh: "行业", en: "Kind of business" },
  hours: { zh: "营业时间", en: "Opening hours" },
  always: { zh: "全天", en: "always" },
  telephone: { zh: "电话", en: "Telephone" },
  store: { zh: "你的门店编号", en: "Your number of it" },
  shop: { zh: "平台门店号", en: "The platform's number" },
  memo: { zh: "备注", en: "Note" },
  days: { zh: "一二三四五六日", en: "Mon Tue Wed Thu Fri Sat Sun" },
});

type Shop = Answer<"ant.merchant.expand.shop.query">;

export function About({ shop }: { shop: Shop }) {
  const w = useWords();
  const kinds = useAppAsk("ant.merchant.expand.mcc.query", { mcc_code_list: shop.shop_category }, { keep: 3_600_000 });
  const kind = kinds.data?.mcc_info_list[0];
  const place = shop.business_address;
  const lines = [
    [w.address, place?.address],
    [w.position, place?.longitude && `${place.longitude}, ${place.latitude}`],
    [w.kind, kind ? `${kind.mcc_level_1_name} / ${kind.mcc_level_2_name}` : shop.shop_category],
    [w.hours, hours(shop, w.days).join("\n") || w.always],
    [w.telephone, shop.contact_mobile ?? shop.contact_phone],
    [w.memo, shop.memo],
    [w.store, shop.store_id],
    [w.shop, shop.shop_id],
  ].flatMap(([label, value]) =>
    value ? [{ key: label, label, children: <span className="c-text">{value}</span> }] : [],
  );
  return <Descriptions bordered size="small" column={1} className="c-detail" items={lines} />;
}

function hours({ business_time }: Shop, days: string): string[] {
  const names = days.includes(" ") ? days.split(" ") : [...days];
  return (business_time ?? []).map((one) => `${names[Number(one.week_day) - 1]} ${one.open_time}–${one.close_time}`);
}
