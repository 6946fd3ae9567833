// Drawing up a membership card in a merchant's words; all else that a card can have is changed by its method.
import { Alert, Button, Checkbox, Form, Input, Radio, Select } from "antd";
import { defineWords } from "../../../kit";
import { useAppAct } from "../../shared";
import { useNumber } from "../own";

const useWords = defineWords({
  name: { zh: "卡名（顾客看得到）", en: "Name of the card (people read it)" },
  brand: { zh: "品牌", en: "Brand" },
  promises: { zh: "入会有什么好处", en: "What members get" },
  promisesWhy: { zh: "一条一行，按回车", en: "One each; press Enter" },
  asked: { zh: "入会时请顾客提供", en: "What people are asked for" },
  mobile: { zh: "手机号", en: "Mobile number" },
  name_field: { zh: "姓名", en: "Name" },
  birthday: { zh: "生日", en: "Birthday" },
  gender: { zh: "性别", en: "Gender" },
  shown: { zh: "在收银台出示", en: "Shown at the till as" },
  qr: { zh: "二维码", en: "QR code" },
  bar: { zh: "条码", en: "Bar code" },
  create: { zh: "新建会员卡", en: "Draw it up" },
  missing: { zh: "请填写", en: "Fill this in" },
});

interface Draft {
  name: string;
  brand?: string;
  promises?: string[];
  asked?: string[];
  shown: "qrcode" | "barcode";
}

function asked(draft: Draft, request_id: string) {
  return {
    request_id,
    card_type: "OUT_MEMBER_CARD",
    biz_no_suffix_len: 10,
    write_off_type: draft.shown,
    template_style_info: { card_show_name: draft.name, brand_name: draft.brand || undefined },
    template_benefit_info: draft.promises?.map((title) => ({ title })),
    ...(draft.asked?.length ? { template_form_config: { fields: { required: draft.asked } } } : {}),
  };
}

export function NewCard({ onDone }: { onDone: () => void }) {
  const w = useWords();
  const [number] = useNumber();
  const { act, acting, problem } = useAppAct("alipay.marketing.card.template.create", {
    changes: ["alipay.marketing.card.template.batchquery"],
  });
  const send = async (draft: Draft) => {
    if (await act(asked(draft, number))) onDone();
  };
  const fields = [
    { value: "OPEN_FORM_FIELD_MOBILE", label: w.mobile },
    { value: "OPEN_FORM_FIELD_NAME", label: w.name_field },
    { value: "OPEN_FORM_FIELD_BIRTHDAY", label: w.birthday },
    { value: "OPEN_FORM_FIELD_GENDER", label: w.gender },
  ];
  return (
    <Form<Draft>
      layout="vertical"
      className="c-form"
      initialValues={{ shown: "qrcode" }}
      onFinish={(draft) => void send(draft)}
    >
      <Form.Item name="name" label={w.name} rules={[{ required: true, message: w.missing }]}>
        <Input maxLength={10} />
      </Form.Item>
      <Form.Item name="brand" label={w.brand}>
        <Input maxLength={12} />
      </Form.Item>
      <Form.Item name="promises" label={w.promises} extra={w.promisesWhy}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="asked" label={w.asked}>
        <Checkbox.Group options={fields} />
      </Form.Item>
      <Form.Item name="shown" label={w.shown}>
        <Radio.Group
          options={[
            { value: "qrcode", label: w.qr },
            { value: "barcode", label: w.bar },
          ]}
        />
      </Form.Item>
      {problem && <Alert type="error" showIcon title={problem.message} role="alert" />}
      <div className="c-buttons">
        <Button type="primary" htmlType="submit" loading={acting}>
          {w.create}
        </Button>
      </div>
    </Form>
  );
}
