// What a merchant did about a complaint, in words instead of the wire's numbers.
import { Select } from "antd";
import { useLanguage } from "../../../kit";
import type { Given } from "../../shared/form/Fields";

const CODES = [
  { value: "00", zh: "现在退款", en: "Refund now" },
  { value: "02", zh: "已用其他方式退款", en: "Refunded in another way" },
  { value: "03", zh: "已发货", en: "Sent" },
  { value: "05", zh: "已提供服务", en: "Served" },
  { value: "06", zh: "不是我的责任", en: "Not mine to answer for" },
  { value: "194", zh: "处理结果", en: "The outcome" },
  { value: "04", zh: "其他", en: "Other" },
];

export function Codes({ id, value, onChange }: Given) {
  const language = useLanguage();
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      options={CODES.map((one) => ({ value: one.value, label: one[language] }))}
    />
  );
}
