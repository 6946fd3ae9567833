// Of what the application wants to be told, and where.
import { PlusOutlined } from "@ant-design/icons";
import { AutoComplete } from "antd";
import { defineWords } from "../../../kit";
import { Act, ActForm, DerivedList, Sheet, useAppAsk } from "../../shared";
import type { Given } from "../../shared/form/Fields";

const useWords = defineWords({
  title: { zh: "消息订阅", en: "Subscriptions" },
  lead: {
    zh: "订阅后，消息发到应用网关（HTTP）或消息通道（WebSocket）。交易通知不用订阅，发到每次调用给出的 notify_url。",
    en: "Messages go to your gateway (HTTP) or the message channel; of trades you hear at notify_url unasked.",
  },
  empty: { zh: "还没有订阅任何消息。", en: "Nothing is subscribed to yet." },
});

const CHANGES = ["kaifang.openapp.subscription.list"];

export default function Subscriptions() {
  const w = useWords();
  const subscribe = (
    <ActForm
      method="alipay.open.app.message.topic.subscribe"
      label={{ zh: "订阅", en: "Subscribe" }}
      order={["topic", "comm_type", "tag"]}
      initial={{ comm_type: "HTTP" }}
      fields={{
        topic: { input: (given) => <Topic {...given} /> },
        auth_type: { hidden: true },
        auth_token: { hidden: true },
      }}
      icon={<PlusOutlined />}
      type="primary"
      changes={CHANGES}
    />
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={subscribe}>
      <DerivedList
        method="kaifang.openapp.subscription.list"
        id="topic"
        columns={{
          comm_type: { title: { zh: "通道", en: "Channel" } },
          owner: { title: { zh: "谁的消息", en: "Whose" } },
        }}
        actions={(row, again) => (
          <Act
            method="alipay.open.app.message.topic.unsubscribe"
            ask={{ topic: row.topic, ...(row.tag ? { tag: row.tag } : {}) }}
            label={{ zh: "取消订阅", en: "Unsubscribe" }}
            sure={{ zh: "之后的消息不再发送。", en: "Later messages are not sent." }}
            size="small"
            danger
            disabled={Boolean(row.owner)}
            changes={CHANGES}
            onDone={again}
          />
        )}
        empty={w.empty}
        name="subscriptions"
      />
    </Sheet>
  );
}

/** Topics that the platform is known to send; others may be typed. */
function Topic({ id, value, onChange }: Given) {
  const known = useAppAsk("kaifang.trigger.list", {}, { keep: 600_000 });
  const told = [
    ...(known.data?.triggers ?? []).flatMap((one) => one.tells),
    ...(known.data?.untriggered ?? []).map((one) => one.kind),
  ];
  const topics = [...new Set(told)].filter((kind) => kind.includes("."));
  return (
    <AutoComplete
      id={id}
      value={value}
      onChange={onChange}
      options={topics.sort().map((topic) => ({ value: topic }))}
      showSearch={{ filterOption: true }}
    />
  );
}
