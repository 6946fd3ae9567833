// The platform's clock: where it is, where to move it, and what falls due on the way.
import { Button, Form, Input, Switch, Tag } from "antd";
import { use, useState } from "react";
import { defineWords, facts, moment, Problem, useAct } from "../../../kit";
import { Asked, DerivedList, Figure, Part, Sheet, useApp, useAppAsk } from "../../shared";
import { fromLocal, toLocal } from "../../shared/when";
import { About } from "../journal/Journal";

const useWords = defineWords({
  title: { zh: "时钟", en: "Clock" },
  lead: {
    zh: "沙箱的时钟可以向前拨：途中到期的一切按顺序做完，才会应答。",
    en:
      "A sandbox's clock can be moved on: everything that falls due on the way is " +
      "done, in order, before the answer comes.",
  },
  real: {
    zh: "钱是真的，时钟也是真的：这里只能看。",
    en: "Where money is real the clock is, too: it can only be looked at.",
  },
  now: { zh: "平台时间（北京）", en: "Platform time (Beijing)" },
  stands: { zh: "停着", en: "stands still" },
  runs: { zh: "在走", en: "runs" },
  move: { zh: "拨动", en: "Move it" },
  to: { zh: "拨到", en: "To" },
  stand: { zh: "到了之后停住", en: "Stand still there" },
  go: { zh: "拨到那里", en: "Move there" },
  due: { zh: "到期的事", en: "What is due" },
  until: { zh: "在此之前", en: "Until" },
  kinds: { zh: "共 {total} 件", en: "{total} in all" },
  none: { zh: "在此之前没有到期的事。", en: "Nothing is due until then." },
});

const STEPS = ["10m", "1h", "1d", "7d", "31d"];
const ALL = ["kaifang."];

export default function Clock() {
  const w = useWords();
  const asked = useAppAsk("kaifang.clock.read", {}, { every: 10_000 });
  const [until, setUntil] = useState<string>();
  const sandbox = use(facts()).sandbox;
  return (
    <Sheet title={w.title} lead={sandbox ? w.lead : w.real}>
      <Asked of={asked}>
        {({ now, stands }) => (
          <>
            <div className="c-grid">
              <Figure title={w.now} value={moment(now)} note={stands ? w.stands : w.runs} />
            </div>
            {sandbox && <Move now={now} stands={Boolean(stands)} onAim={setUntil} />}
          </>
        )}
      </Asked>
      <Part title={w.due}>
        <Due until={until} />
      </Part>
    </Sheet>
  );
}

function Move({ now, stands, onAim }: { now: string; stands: boolean; onAim: (until?: string) => void }) {
  const w = useWords();
  const { app_id } = useApp();
  const moving = useAct("kaifang.clock.move", { app: app_id, changes: ALL });
  const [stand, setStand] = useState(stands);
  return (
    <Part title={w.move}>
      <div className="c-actions">
        {STEPS.map((by) => (
          <Button key={by} disabled={moving.acting} onClick={() => void moving.act({ by, stand })}>
            +{by}
          </Button>
        ))}
      </div>
      <Form
        layout="inline"
        className="c-filters"
        initialValues={{ to: toLocal(now).slice(0, 16) }}
        onValuesChange={(_, { to }) => onAim(fromLocal(to))}
        onFinish={({ to }) => void moving.act({ to: fromLocal(to), stand })}
      >
        <Form.Item name="to" label={w.to}>
          <Input type="datetime-local" step={1} />
        </Form.Item>
        <Form.Item>
          <Button type="primary" htmlType="submit" loading={moving.acting}>
            {w.go}
          </Button>
        </Form.Item>
        <Form.Item label={w.stand}>
          <Switch checked={stand} onChange={setStand} aria-label={w.stand} />
        </Form.Item>
      </Form>
      {moving.problem && <Problem problem={moving.problem} />}
    </Part>
  );
}

function Due({ until }: { until?: string }) {
  const w = useWords();
  const ask = until ? { until } : {};
  const sums = useAppAsk("kaifang.clock.due", { ...ask, page_size: 1 });
  return (
    <>
      {sums.data && (
        <p className="c-several">
          <span>{w("kinds", { total: sums.data.total })}</span>
          {sums.data.kinds.slice(0, 12).map(({ name, count }) => (
            <Tag key={name}>
              {name} × {count}
            </Tag>
          ))}
        </p>
      )}
      <DerivedList
        key={until}
        method="kaifang.clock.due"
        rows="jobs"
        ask={ask}
        filters={{ until: false }}
        id="due"
        columns={{ subject: { render: (value: string) => (value ? <About number={value} /> : "–") } }}
        empty={w.none}
      />
    </>
  );
}
