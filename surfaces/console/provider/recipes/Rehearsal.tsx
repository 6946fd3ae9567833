// Trying a recipe on a twin of the sandbox: what it would have done for a merchant lately.
import { PlayCircleOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input, InputNumber, Select, Table } from "antd";
import { defineWords, moment, Problem, useAct, useLanguage, yuan, type Answer } from "../../../kit";
import { Figure, Part, useApp, useAppAsk, Wide } from "../../shared";
import { useState } from "react";

const useWords = defineWords({
  title: { zh: "在副本上试运行", en: "Try it on a twin" },
  lead: {
    zh: "复制沙箱（人名与号码已替换），把最近的事重演一遍，看它会做什么。什么都不会真的发生。",
    en:
      "The sandbox is copied, with people's names and numbers replaced, and what happened " +
      "lately happens again there. Nothing is really done.",
  },
  merchant: { zh: "为哪个商家", en: "For which merchant" },
  nobody: {
    zh: "还没有商家授权您，无法试运行。",
    en: "No merchant has authorised you yet, so there is nobody to try it for.",
  },
  days: { zh: "最近几天", en: "How many days" },
  run: { zh: "试运行", en: "Try it" },
  span: { zh: "{start} 到 {until}，商家的 {events} 件事", en: "{start} to {until}, {events} events of the merchant" },
  money: { zh: "商家的钱会变化", en: "The merchant's money would change by" },
  what: { zh: "发生了什么", en: "What" },
  count: { zh: "多少", en: "How much" },
  cannot: { zh: "无法运行", en: "It cannot be played" },
  trouble: { zh: "条件读不懂", en: "A condition could not be read" },
});

type Tried = Answer<"kaifang.recipe.try">;
interface InputSaid {
  kind: string;
  says: { zh: string; en: string };
  default?: string | number | boolean;
}

export function Rehearsal({ content }: { content: Record<string, unknown> }) {
  const w = useWords();
  const { app_id } = useApp();
  const served = useAppAsk("kaifang.openapp.authorisation.served", { state: "VALID", page_size: 100 });
  const trying = useAct("kaifang.recipe.try", { app: app_id });
  const [tried, setTried] = useState<Tried>();
  const inputs = (content.inputs ?? {}) as Record<string, InputSaid>;
  const play = async ({ auth_app_id, days, ...said }: Record<string, never>) => {
    const filled = Object.entries(said).filter(([, value]) => value !== undefined && value !== "");
    const ask = { recipe: content, auth_app_id, days, inputs: Object.fromEntries(filled) };
    setTried(await trying.act(ask as never));
  };
  const merchants = served.data?.merchants ?? [];
  if (served.data && !merchants.length)
    return (
      <Part title={w.title}>
        <p className="c-quiet">{w.nobody}</p>
      </Part>
    );
  return (
    <Part title={w.title}>
      <p className="c-quiet">{w.lead}</p>
      <Form layout="vertical" className="c-filters" initialValues={{ days: 7 }} onFinish={(said) => void play(said)}>
        <Form.Item name="auth_app_id" label={w.merchant} rules={[{ required: true, message: w.merchant }]}>
          <Select
            className="c-merchants"
            options={merchants.map((one) => ({
              value: one.auth_app_id,
              label: `${one.merchant_name} · ${one.auth_app_name}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="days" label={w.days}>
          <InputNumber min={1} max={90} />
        </Form.Item>
        <Inputs inputs={inputs} />
        <Form.Item>
          <Button type="primary" htmlType="submit" icon={<PlayCircleOutlined />} loading={trying.acting}>
            {w.run}
          </Button>
        </Form.Item>
      </Form>
      {trying.problem && <Problem problem={trying.problem} />}
      {tried && <Outcome tried={tried} />}
    </Part>
  );
}

function Inputs({ inputs }: { inputs: Record<string, InputSaid> }) {
  const language = useLanguage();
  return Object.entries(inputs).map(([name, { says, kind, default: usual }]) => (
    <Form.Item key={name} name={name} label={says?.[language] ?? name} tooltip={kind}>
      <Input placeholder={usual === undefined ? undefined : String(usual)} />
    </Form.Item>
  ));
}

function Outcome({ tried }: { tried: Tried }) {
  const w = useWords();
  if (tried.problem) return <Alert type="error" showIcon title={w.cannot} description={tried.problem} />;
  const rows = [...tried.runs, ...tried.refusals, ...tried.figures];
  const span = { start: moment(tried.start), until: moment(tried.until), events: tried.events };
  return (
    <>
      <div className="c-grid">
        <Figure title={w.money} value={yuan(tried.money)} />
      </div>
      <p className="c-quiet">{w("span", span)}</p>
      {tried.trouble && <Alert type="warning" showIcon title={w.trouble} description={tried.trouble} />}
      <Wide label={w.what}>
        <Table
          size="small"
          rowKey="what"
          dataSource={rows}
          pagination={false}
          columns={[
            { title: w.what, dataIndex: "what" },
            { title: w.count, align: "right", dataIndex: "count" },
          ]}
        />
      </Wide>
    </>
  );
}
