// Giving an order back, whole or in part. Each opening of the form has one number, so that pressing twice refunds once.
import { RollbackOutlined } from "@ant-design/icons";
import { Alert, App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { defineWords, yuan } from "../../../kit";
import { useAppAct } from "../../shared";

const useWords = defineWords({
  refund: { zh: "退款", en: "Refund" },
  title: { zh: "退还给买家", en: "Give money back" },
  amount: { zh: "金额（最多 {most}）", en: "Amount (at most {most})" },
  reason: { zh: "原因（选填，买家看得到）", en: "Reason (optional; the buyer reads it)" },
  next: { zh: "下一步", en: "Next" },
  sure: { zh: "退款 {amount} 给 {buyer}？", en: "Refund {amount} to {buyer}?" },
  final: { zh: "退款不能撤回。", en: "A refund cannot be taken back." },
  back: { zh: "取消", en: "Cancel" },
  done: { zh: "已退款 {amount}", en: "{amount} refunded" },
  wrong: { zh: "写一个金额，如 12.50", en: "Write an amount such as 12.50" },
});

interface Props {
  trade_no: string;
  most: string;
  buyer?: string;
  changes: string[];
}

export function RefundButton(props: Props) {
  const w = useWords();
  const [number, setNumber] = useState<string>();
  return (
    <>
      <Button danger icon={<RollbackOutlined />} onClick={() => setNumber(`console-${crypto.randomUUID()}`)}>
        {w.refund}
      </Button>
      <Modal open={Boolean(number)} title={w.title} footer={null} destroyOnHidden onCancel={() => setNumber(undefined)}>
        {number && <RefundForm {...props} number={number} close={() => setNumber(undefined)} />}
      </Modal>
    </>
  );
}

function RefundForm({
  trade_no,
  most,
  buyer = "",
  changes,
  number,
  close,
}: Props & { number: string; close: () => void }) {
  const w = useWords();
  const { modal, message } = App.useApp();
  const { act, acting, problem } = useAppAct("alipay.trade.refund", { changes });
  const refund = async ({ amount, reason }: { amount: string; reason?: string }) => {
    const ask = { trade_no, refund_amount: amount, refund_reason: reason || undefined, out_request_no: number };
    if ((await act(ask)) === undefined) return;
    void message.success(w("done", { amount: yuan(amount) }));
    close();
  };
  const confirm = (values: { amount: string; reason?: string }) =>
    modal.confirm({
      title: w("sure", { amount: yuan(values.amount), buyer }),
      content: w.final,
      okText: w.refund,
      cancelText: w.back,
      okButtonProps: { danger: true },
      onOk: () => refund(values),
    });
  return (
    <Form layout="vertical" initialValues={{ amount: most }} onFinish={confirm}>
      <Form.Item
        name="amount"
        label={w("amount", { most: yuan(most) })}
        rules={[{ required: true, pattern: /^\d{1,9}(\.\d{1,2})?$/, message: w.wrong }]}
      >
        <Input prefix="¥" inputMode="decimal" autoComplete="off" />
      </Form.Item>
      <Form.Item name="reason" label={w.reason}>
        <Input maxLength={256} />
      </Form.Item>
      {problem && <Alert type="error" showIcon title={problem.message} role="alert" />}
      <div className="c-buttons">
        <Button type="primary" danger htmlType="submit" loading={acting}>
          {w.next}
        </Button>
        <Button onClick={close}>{w.back}</Button>
      </div>
    </Form>
  );
}
