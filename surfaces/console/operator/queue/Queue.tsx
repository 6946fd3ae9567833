// What the platform owes to applications: by application, and one by one.
import { SendOutlined } from "@ant-design/icons";
import { Table } from "antd";
import { defineWords, moment, useLanguage } from "../../../kit";
import { Act, Asked, DerivedList, fieldTitle, Part, Sheet, useAppAsk, Wide } from "../../shared";

const useWords = defineWords({
  title: { zh: "通知队列", en: "Notification queue" },
  lead: {
    zh: "欠着谁的通知、晚了多久、放弃了多少；任何一条都可以立即重发。",
    en: "What is owed to whom, how late it is, and what was given up; any of it can be sent again now.",
  },
  byApp: { zh: "按应用", en: "By application" },
  one: { zh: "逐条", en: "One by one" },
  none: { zh: "还没有任何通知。", en: "No notification was ever owed." },
});

const CHANGES = ["kaifang.log."];

export default function Queue() {
  const w = useWords();
  const language = useLanguage();
  const owed = useAppAsk("kaifang.log.owed", {});
  const title = (name: string) => fieldTitle(name)[language];
  return (
    <Sheet title={w.title} lead={w.lead}>
      <Part title={w.byApp}>
        <Asked of={owed} empty={w.none} none={({ apps }) => apps.length === 0}>
          {({ apps }) => (
            <Wide label={w.byApp}>
              <Table
                size="small"
                rowKey="app_id"
                dataSource={apps}
                pagination={apps.length > 10 && { size: "small" }}

                columns={[
                  { title: title("app_id"), render: (_, one) => <span className="c-number">{one.app_id}</span> },
                  ...(["owed", "retrying", "given_up", "delivered"] as const).map((name) => ({
                    title: COUNTS[name][language],
                    align: "right" as const,
                    dataIndex: name,
                  })),
                  { title: title("since"), render: (_, one) => moment(one.since) || "–" },
                  { title: title("next_try"), render: (_, one) => moment(one.next_try) || "–" },
                ]}
              />
            </Wide>
          )}
        </Asked>
      </Part>
      <Part title={w.one}>
        <DerivedList
          method="kaifang.log.notices"
          shows={["notify_id", "app_id", "kind", "subject", "state", "tries", "owed", "next_try"]}
          empty={w.none}
          detail
          actions={({ notify_id }) => (
            <Act
              method="alipay.open.app.notify.retry"
              ask={{ notify_id_list: [notify_id] }}
              label={{ zh: "重发", en: "Send again" }}
              icon={<SendOutlined />}
              sure={false}
              size="small"
              changes={CHANGES}
            />
          )}
        />
      </Part>
    </Sheet>
  );
}

const COUNTS = {
  owed: { zh: "待发送", en: "Not sent yet" },
  retrying: { zh: "重试中", en: "Retrying" },
  given_up: { zh: "已放弃", en: "Given up" },
  delivered: { zh: "已送达", en: "Delivered" },
};
