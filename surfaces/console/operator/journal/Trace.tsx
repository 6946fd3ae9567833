// One thing followed through everything: entries of the journal, events, notifications, in the order of time.
import { AccountBookOutlined, BellOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { Alert, Timeline } from "antd";
import { defineWords, moment, type Answer } from "../../../kit";
import { Asked, Go, Part, Sheet, Term, useAppAsk } from "../../shared";
import { entryPlace, Legs } from "./Journal";

const useWords = defineWords({
  title: { zh: "追踪 {subject}", en: "Trace of {subject}" },
  lead: {
    zh: "这个号码在流水、事件和通知里留下的一切，按时间排列。",
    en: "All that this number left behind in the journal, the outbox and the notifications, in order.",
  },
  none: { zh: "没有任何东西提到这个号码。核对号码后再试。", en: "Nothing names this number. Check it, and try again." },
  more: { zh: "还有更多，只显示了每种的前 200 条。", en: "There is more; the first 200 of each kind are shown." },
  entry: { zh: "记账", en: "Written" },
  told: { zh: "通知 {app}", en: "Told {app}" },
});

type Line = Answer<"kaifang.log.follow">["lines"][number];

export default function Trace({ subject }: { subject: string }) {
  const w = useWords();
  const asked = useAppAsk("kaifang.log.follow", { subject });
  return (
    <Sheet title={w("title", { subject })} lead={w.lead}>
      <Part>
        <Asked of={asked} empty={w.none} none={({ lines }) => lines.length === 0}>
          {({ lines, more }) => (
            <>
              {more && <Alert type="info" showIcon title={w.more} />}
              <Timeline
                items={lines.map((line, at) => ({ key: at, icon: ICONS[line.kind], content: <One line={line} /> }))}
              />
            </>
          )}
        </Asked>
      </Part>
    </Sheet>
  );
}

const ICONS = { entry: <AccountBookOutlined />, event: <ThunderboltOutlined />, notice: <BellOutlined /> };

function One({ line }: { line: Line }) {
  return (
    <div className="c-trace">
      <time className="c-quiet" title={line.at}>
        {moment(line.at)}
      </time>
      <Said line={line} />
    </div>
  );
}

function Said({ line: { entry, event, notice } }: { line: Line }) {
  const w = useWords();
  if (entry)
    return (
      <>
        <Go to={entryPlace(entry.writer, entry.number)}>{`${w.entry} ${entry.why}`}</Go>
        <Legs legs={entry.legs} />
      </>
    );
  if (event)
    return (
      <details>
        <summary>
          <strong>{event.name}</strong>
        </summary>
        <pre className="c-json">{JSON.stringify(event.facts, null, 2)}</pre>
      </details>
    );
  if (!notice) return null;
  return (
    <details>
      <summary>
        {w("told", { app: notice.app_id })} {notice.kind} <Term value={notice.state} />
      </summary>
      <pre className="c-json">{JSON.stringify(notice.fields, null, 2)}</pre>
    </details>
  );
}
