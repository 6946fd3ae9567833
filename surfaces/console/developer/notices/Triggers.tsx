// Letting things happen in a sandbox, by real calls of made-up people, so that the application is told of them.
import { ThunderboltOutlined } from "@ant-design/icons";
import { Alert, Collapse, Input } from "antd";
import { useState } from "react";
import { defineWords, useLanguage, type Answer } from "../../../kit";
import { Act, DerivedList, DetailOf, Go, Part, Sheet, useApp, useAppAsk } from "../../shared";

const useWords = defineWords({
  title: { zh: "触发事件", en: "Triggers" },
  lead: {
    zh: "沙箱让虚构的人真的去做：真实的调用、真实的账目、真实的通知。",
    en: "A sandbox lets made-up people really do it: real calls, real books, real notifications.",
  },
  where: {
    zh: "通知发到（留空：本地监听者，或应用网关）",
    en: "Where to notify (empty: whoever listens, or the application gateway)",
  },
  fired: { zh: "已触发 {trigger}", en: "{trigger} was fired" },
  notices: { zh: "看通知", en: "See the notifications" },
  others: { zh: "没有触发器的通知，以及原因", en: "Notifications without a trigger, and why" },
});

type Fired = Answer<"kaifang.trigger.fire">;

export default function Triggers() {
  const w = useWords();
  const language = useLanguage();
  const [notify_url, setUrl] = useState("");
  const [fired, setFired] = useState<Fired>();
  const { app_id } = useApp();
  const what = { title: { zh: "发生什么", en: "What happens" }, render: (value: string) => value };
  return (
    <Sheet title={w.title} lead={w.lead}>
      <label className="d-where">
        <span className="c-quiet">{w.where}</span>
        <Input
          placeholder="https://..."
          autoComplete="off"
          value={notify_url}
          onChange={(event) => setUrl(event.target.value.trim())}
        />
      </label>
      {fired && <Made fired={fired} />}
      <DerivedList
        method="kaifang.trigger.list"
        rows="triggers"
        id="trigger"
        columns={{
          [language]: what,
          [language === "zh" ? "en" : "zh"]: false,
          trigger: { title: { zh: "触发器", en: "Trigger" } },
          tells: { title: { zh: "带来的通知", en: "Notifications" } },
        }}
        order={["trigger", language, "tells"]}
        shows={["trigger", language, "tells"]}
        actions={(row) => (
          <Act
            method="kaifang.trigger.fire"
            ask={{ trigger: row.trigger, app_id, ...(notify_url ? { notify_url } : {}) }}
            label={{ zh: "触发", en: "Fire" }}
            icon={<ThunderboltOutlined />}
            sure={false}
            size="small"
            changes={["kaifang.log.notices"]}
            onDone={setFired}
          />
        )}
        name="triggers"
      />
      <Untriggered />
    </Sheet>
  );
}

function Made({ fired }: { fired: Fired }) {
  const w = useWords();
  return (
    <Alert
      type="success"
      showIcon
      title={w("fired", { trigger: fired.trigger })}
      description={<DetailOf data={fired.made} schema={{}} />}
      action={<Go to="developer/notices">{w.notices}</Go>}
    />
  );
}

function Untriggered() {
  const w = useWords();
  const language = useLanguage();
  const asked = useAppAsk("kaifang.trigger.list", {}, { keep: 600_000 });
  if (!asked.data?.untriggered.length) return null;
  const inside = (
    <dl className="d-faults">
      {asked.data.untriggered.map((one) => (
        <div key={one.kind}>
          <dt>
            <code className="c-code">{one.kind}</code>
          </dt>
          <dd>{one[language]}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <Part>
      <Collapse ghost items={[{ key: "others", label: w.others, children: inside }]} />
    </Part>
  );
}
