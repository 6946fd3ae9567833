// What the platform told the app, what became of it; and, in a sandbox, trouble with what is told next.
import { ThunderboltOutlined } from "@ant-design/icons";
import { Tabs } from "antd";
import { defineWords } from "../../../kit";
import { Act, ActForm, DerivedList, Go, Part, Sheet } from "../../shared";

const useWords = defineWords({
  title: { zh: "通知", en: "Notifications" },
  lead: {
    zh: "平台告诉应用的每一件事，以及对方怎么回答。",
    en: "All that the platform told the application, and what came back.",
  },
  empty: { zh: "还没有通知。触发一个事件看看。", en: "No notifications yet. Trigger an event." },
  sent: { zh: "已发出", en: "Sent" },
  trouble: { zh: "制造麻烦（沙箱）", en: "Trouble (sandbox)" },
  about: {
    zh: "让接下来的通知迟到、重复、乱序、签名错误或丢失，检验您的系统是否经得起。",
    en: "Have the next notifications come late, twice, overtaken, wrongly signed or not at all, to test your system.",
  },
  calm: { zh: "没有预约的麻烦", en: "No trouble was asked for" },
});

const CHANGES = ["kaifang.notice.trouble.list"];

export default function Notices() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <Tabs
        items={[
          { key: "sent", label: w.sent, children: <Sent /> },
          { key: "trouble", label: w.trouble, children: <Trouble /> },
        ]}
      />
    </Sheet>
  );
}

function Sent() {
  const w = useWords();
  return (
    <DerivedList
      method="kaifang.log.notices"
      id="notify_id"
      to={(row) => `developer/notices/${row.notify_id}`}
      filters={{ app_id: false }}
      columns={{
        app_id: false,
        subject: { title: { zh: "关于", en: "About" } },
        kind: { render: (value: string) => <code className="c-code">{value}</code> },
      }}
      shows={["notify_id", "kind", "subject", "owed", "state", "tries", "url"]}
      actions={(row, again) => <Replay notify_id={row.notify_id} onDone={again} />}
      empty={<Go to="developer/triggers">{w.empty}</Go>}
      name="notifications"
    />
  );
}

/** Send it again now, acknowledged or not. */
export function Replay({ notify_id, onDone }: { notify_id: string; onDone?: () => void }) {
  return (
    <Act
      method="alipay.open.app.notify.retry"
      ask={{ notify_id_list: [notify_id] }}
      label={{ zh: "重发", en: "Replay" }}
      sure={false}
      done={{ zh: "已重新发送", en: "Sent again" }}
      size="small"
      changes={["kaifang.log.notices", "kaifang.log.deliveries"]}
      onDone={onDone}
    />
  );
}

function Trouble() {
  const w = useWords();
  const arm = (
    <ActForm
      method="kaifang.notice.trouble.arm"
      label={{ zh: "安排麻烦", en: "Ask for trouble" }}
      fields={{ app_id: { hidden: true } }}
      order={["how", "kind", "times", "tries", "seconds"]}
      initial={{ how: "TWICE" }}
      icon={<ThunderboltOutlined />}
      type="primary"
      changes={CHANGES}
    />
  );
  return (
    <Part>
      <p className="c-quiet">{w.about}</p>
      <DerivedList
        method="kaifang.notice.trouble.list"
        id="how"
        filters={{ app_id: false }}
        columns={{ app_id: false }}
        order={["how", "kind", "left", "tries", "seconds", "since", "met", "held"]}
        shows={["how", "kind", "left", "tries", "seconds", "since", "met"]}
        top={arm}
        actions={(row, again) => (
          <Act
            method="kaifang.notice.trouble.clear"
            ask={{ how: row.how }}
            label={{ zh: "撤销", en: "Take back" }}
            sure={false}
            size="small"
            onDone={again}
            changes={CHANGES}
          />
        )}
        empty={w.calm}
        name="trouble"
      />
    </Part>
  );
}
