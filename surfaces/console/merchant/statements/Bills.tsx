// The bills of days and months that are over, as files.
import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input, Radio, Skeleton } from "antd";
import { useState } from "react";
import { defineWords } from "../../../kit";
import { Part, useAppAct } from "../../shared";
import { before, useToday } from "../insight/dates";

const useWords = defineWords({
  what: { zh: "哪一种", en: "Which" },
  trade: { zh: "业务账单：卖出与退款", en: "What was sold and given back" },
  moved: { zh: "账务账单：余额变动", en: "What moved in the account" },
  span: { zh: "一天还是一个月", en: "A day or a month" },
  day: { zh: "日账单", en: "A day" },
  month: { zh: "月账单", en: "A month" },
  when: { zh: "日期", en: "When" },
  download: { zh: "下载", en: "Download" },
  again: { zh: "没有开始下载？点这里", en: "It has not begun? Follow this link" },
  ready: { zh: "当天的账单次日 0 点 10 分后可以下载。", en: "The bill of a day is there ten minutes after midnight." },
});

interface Wanted {
  bill_type: "trade" | "signcustomer";
  span: "date" | "month";
  bill_date: string;
}

export function Bills() {
  const today = useToday();
  return <Part>{today ? <BillForm yesterday={before(today, 1)} /> : <Skeleton active />}</Part>;
}

function BillForm({ yesterday }: { yesterday: string }) {
  const w = useWords();
  const [link, setLink] = useState<string>();
  const { act, acting, problem } = useAppAct("alipay.data.bill.downloadurl.get");
  const [form] = Form.useForm<Wanted>();
  const span = Form.useWatch("span", form) ?? "date";
  const fetch = async ({ bill_type, bill_date }: Wanted) => {
    const told = await act({ bill_type, bill_date });
    const address = told && here(told.bill_download_url);
    setLink(address);
    if (address) window.location.assign(address);
  };
  return (
    <Form<Wanted>
      form={form}
      layout="vertical"
      initialValues={{ bill_type: "trade", span: "date", bill_date: yesterday }}
      onValuesChange={(changed) =>
        changed.span && form.setFieldValue("bill_date", yesterday.slice(0, changed.span === "month" ? 7 : 10))
      }
      onFinish={(values) => void fetch(values)}
    >
      <Form.Item name="bill_type" label={w.what}>
        <Radio.Group
          options={[
            { value: "trade", label: w.trade },
            { value: "signcustomer", label: w.moved },
          ]}
        />
      </Form.Item>
      <Form.Item name="span" label={w.span}>
        <Radio.Group
          options={[
            { value: "date", label: w.day },
            { value: "month", label: w.month },
          ]}
        />
      </Form.Item>
      <Form.Item name="bill_date" label={w.when} extra={w.ready} rules={[{ required: true }]}>
        <Input type={span} className="m-date" />
      </Form.Item>
      {problem && <Alert type="error" showIcon title={problem.message} role="alert" />}
      <div className="c-buttons">
        <Button type="primary" htmlType="submit" icon={<DownloadOutlined />} loading={acting}>
          {w.download}
        </Button>
        {link && (
          <a href={link} download>
            {w.again}
          </a>
        )}
      </div>
    </Form>
  );
}

/** The link as this browser reaches the platform, whatever the platform calls itself. */
function here(link: string): string {
  const { pathname, search } = new URL(link, window.location.href);
  return `${pathname}${search}`;
}
