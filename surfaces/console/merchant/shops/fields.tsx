// How the form of a shop asks: the kind of business by name, all else as its method says.
import { Select } from "antd";
import { defineWords } from "../../../kit";
import { useAppAsk } from "../../shared";
import type { FieldsTold, Given } from "../../shared/form/Fields";

const useWords = defineWords({ search: { zh: "搜索行业", en: "Search for a kind of business" } });

const GROUPS = ["A0001", "A0002", "A0003", "A0004", "A0005", "A0006", "A0007"].join(",");

export function useCategories(): { value: string; label: string }[] {
  const asked = useAppAsk("ant.merchant.expand.mcc.query", { mcc_code_list: GROUPS }, { keep: 3_600_000 });
  return (asked.data?.mcc_info_list ?? []).map((one) => ({
    value: one.mcc_level_2,
    label: `${one.mcc_level_1_name} / ${one.mcc_level_2_name}`,
  }));
}

function Category({ id, value, onChange }: Given) {
  const w = useWords();
  return (
    <Select
      id={id}
      showSearch
      optionFilterProp="label"
      placeholder={w.search}
      value={value}
      onChange={onChange}
      options={useCategories()}
    />
  );
}

export const FIELDS: FieldsTold = {
  store_id: {
    label: { zh: "门店编号", en: "Number of the shop" },
    help: { zh: "你自己系统里的编号，订单用它指明门店", en: "Your own; orders name the shop by it" },
  },
  shop_name: { label: { zh: "门店名称", en: "Name" }, help: { zh: "顾客看到的名字", en: "What people read" } },
  shop_category: {
    label: { zh: "行业", en: "Kind of business" },
    help: { zh: "有的行业要审核资质", en: "Some kinds need a licence, and are looked at first" },
    input: (given) => <Category {...given} />,
  },
  business_address: {
    label: { zh: "地址", en: "Address" },
    help: { zh: "填了经纬度，附近的人才找得到", en: "People near find it by its longitude and latitude" },
  },
  business_time: {
    label: { zh: "营业时间", en: "Opening hours" },
    help: { zh: "不填则全天营业", en: "Always open, if left out" },
  },
  contact_mobile: {
    label: { zh: "联系电话", en: "Telephone" },
    help: { zh: "顾客可以打的电话", en: "Whom people can call" },
  },
};
export const ORDER = ["store_id", "shop_name", "shop_category", "business_address", "contact_mobile", "business_time"];
