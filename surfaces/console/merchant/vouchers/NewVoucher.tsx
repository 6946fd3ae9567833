// Drawing up an activity in a merchant's words, and publishing it at once if wanted.
import { Alert, Button, Form, Input, InputNumber, Radio, Switch } from "antd";
import { defineWords } from "../../../kit";
import { useAppAct } from "../../shared";
import type { Given } from "../../shared/form/Fields";
import { fromLocal, toLocal } from "../../shared/when";
import { newNumber, useNumber } from "../own";
import { asked, type Draft } from "./draft";

const useWords = defineWords({
  name: { zh: "名称（顾客看得到）", en: "Name (people read it)" },
  kind: { zh: "怎么优惠", en: "What is taken off" },
  fix: { zh: "减固定金额", en: "A fixed amount" },
  part: { zh: "打折", en: "A part" },
  amount: { zh: "减多少", en: "How much" },
  discount: { zh: "几折（8.5 表示付 85%）", en: "Of ten, what is left to pay (8.5: pay 85 %)" },
  most: { zh: "最多减（选填）", en: "At most (optional)" },
  floor: { zh: "满多少可用（选填）", en: "For orders from (optional)" },
  quantity: { zh: "发放总量", en: "How many" },
  each: { zh: "每人最多（选填）", en: "For each person at most (optional)" },
  begin: { zh: "开始发放（不填则立即）", en: "Given out from (at once, if left out)" },
  end: { zh: "结束发放", en: "Given out until" },
  days: { zh: "领取后几天内可用", en: "Days to use it" },
  public: { zh: "所有人可领", en: "Anybody may claim one" },
  publicWhy: {
    zh: "关闭时只由你的系统或解决方案发给顾客。",
    en: "Else only your systems and recipes give it to people.",
  },
  aside: { zh: "预存预算", en: "Set the budget aside" },
  asideWhy: {
    zh: "从余额划出，用一张付一张；关闭则每单少收。",
    en: "Leaves your balance, and pays for each use; else you take less of each order.",
  },
  now: { zh: "新建后立即发布", en: "Publish it at once" },
  create: { zh: "新建", en: "Draw it up" },
  missing: { zh: "请填写", en: "Fill this in" },
  money: { zh: "写一个金额，如 5.00", en: "Write an amount such as 5.00" },
});
const CHANGES = ["kaifang.voucher.activity.list"];
const MONEY = /^\d{1,8}(\.\d{1,2})?$/;

export function NewVoucher({ onDone }: { onDone: (activity_id: string) => void }) {
  const w = useWords();
  const [number] = useNumber();
  const create = useAppAct("alipay.marketing.activity.voucher.create", { changes: CHANGES });
  const publish = useAppAct("alipay.marketing.activity.voucher.publish", { changes: CHANGES });
  const send = async ({ now, ...draft }: Draft & { now?: boolean }) => {
    const made = await create.act(asked(draft, number));
    if (!made) return;
    if (now && (await publish.act({ activity_id: made.activity_id, out_biz_no: newNumber() })) === undefined) return;
    onDone(made.activity_id);
  };
  const problem = create.problem ?? publish.problem;
  const must = [{ required: true, message: w.missing }];
  return (
    <Form<Draft & { now?: boolean }>
      layout="vertical"
      className="c-form"
      initialValues={{ kind: "FIX_VOUCHER", days: 30, public: true, now: true }}
      onFinish={(values) => void send(values)}
    >
      <Form.Item name="name" label={w.name} rules={must}>
        <Input maxLength={20} />
      </Form.Item>
      <Deduct />
      <div className="m-pair">
        <Form.Item name="quantity" label={w.quantity} rules={must}>
          <InputNumber min={1} max={999_999_999} className="c-wide" />
        </Form.Item>
        <Form.Item name="each" label={w.each}>
          <InputNumber min={1} max={1000} className="c-wide" />
        </Form.Item>
        <Form.Item name="begin" label={w.begin}>
          <When />
        </Form.Item>
        <Form.Item name="end" label={w.end} rules={must}>
          <When />
        </Form.Item>
      </div>
      <Form.Item name="days" label={w.days} rules={must}>
        <InputNumber min={1} max={365} />
      </Form.Item>
      <Form.Item name="public" label={w.public} extra={w.publicWhy} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="aside" label={w.aside} extra={w.asideWhy} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="now" label={w.now} valuePropName="checked">
        <Switch />
      </Form.Item>
      {problem && <Alert type="error" showIcon title={problem.message} role="alert" />}
      <div className="c-buttons">
        <Button type="primary" htmlType="submit" loading={create.acting || publish.acting}>
          {w.create}
        </Button>
      </div>
    </Form>
  );
}

function Deduct() {
  const w = useWords();
  const kind = Form.useWatch("kind") as Draft["kind"] | undefined;
  const money = (must: boolean) => [{ required: must, pattern: MONEY, message: w.money }];
  return (
    <>
      <Form.Item name="kind" label={w.kind}>
        <Radio.Group
          options={[
            { value: "FIX_VOUCHER", label: w.fix },
            { value: "DISCOUNT_VOUCHER", label: w.part },
          ]}
        />
      </Form.Item>
      <div className="m-pair">
        {kind === "DISCOUNT_VOUCHER" ? (
          <>
            <Form.Item name="discount" label={w.discount} rules={[{ required: true, message: w.missing }]}>
              <Input inputMode="decimal" maxLength={4} />
            </Form.Item>
            <Form.Item name="most" label={w.most} rules={money(false)}>
              <Input prefix="¥" inputMode="decimal" />
            </Form.Item>
          </>
        ) : (
          <Form.Item name="amount" label={w.amount} rules={money(true)}>
            <Input prefix="¥" inputMode="decimal" />
          </Form.Item>
        )}
        <Form.Item name="floor" label={w.floor} rules={money(false)}>
          <Input prefix="¥" inputMode="decimal" />
        </Form.Item>
      </div>
    </>
  );
}

function When({ id, value, onChange }: Given) {
  return (
    <Input
      id={id}
      type="datetime-local"
      value={toLocal(value)}
      onChange={(event) => onChange?.(fromLocal(event.target.value))}
    />
  );
}
