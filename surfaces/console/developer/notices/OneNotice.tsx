// One notification: what it says, each try with what came back, why it was not heard, and sending it again.
import { Tag, Timeline } from "antd";
import { defineWords, Empty, moment, type Answer } from "../../../kit";
import { Asked, Code, DetailOf, Part, Sheet, Term, useAppAsk } from "../../shared";
import { Diagnosis } from "../logs/Diagnosis";
import { Replay } from "./Notices";

const useWords = defineWords({
  title: { zh: "通知 {notify_id}", en: "Notification {notify_id}" },
  says: { zh: "内容", en: "What it says" },
  tries: { zh: "发送记录", en: "Tries" },
  why: { zh: "诊断", en: "Diagnosis" },
  none: { zh: "还没有发送", en: "It was not sent yet" },
  try: { zh: "第 {number} 次，{at}，{took} 毫秒", en: "Try {number}, {at}, {took} ms" },
  nobody: { zh: "没有应答", en: "nobody answered" },
  sent: { zh: "发送", en: "Sent" },
  came: { zh: "收到", en: "Came back" },
});

type Tried = Answer<"kaifang.log.deliveries">["deliveries"][number];

export default function OneNotice({ notify_id }: { notify_id: string }) {
  const w = useWords();
  const asked = useAppAsk("kaifang.log.deliveries", { notify_id });
  return (
    <Sheet
      title={<span className="d-name">{w("title", { notify_id })}</span>}
      extra={<Replay notify_id={notify_id} onDone={asked.again} />}
    >
      <Asked of={asked}>
        {({ notice, deliveries }) => (
          <>
            <Part title={w.says} extra={<Term value={notice.state} />}>
              <DetailOf data={notice} schema={{}} hide={["app_id", "state", "notify_id"]} />
            </Part>
            <div className="c-columns">
              <Part title={w.tries}>
                {deliveries.length ? (
                  <Timeline
                    items={deliveries.map((one) => ({
                      key: one.number,
                      color: one.status === 200 ? "green" : "red",
                      content: <Try one={one} />,
                    }))}
                  />
                ) : (
                  <Empty>{w.none}</Empty>
                )}
              </Part>
              <Part title={w.why}>
                <Diagnosis trace={notify_id} />
              </Part>
            </div>
          </>
        )}
      </Asked>
    </Sheet>
  );
}

function Try({ one }: { one: Tried }) {
  const w = useWords();
  return (
    <div className="d-wire">
      <span>
        {w("try", { number: one.number, at: moment(one.at), took: one.took })} <Tag>{one.status || w.nobody}</Tag>
      </span>
      <Code label={w.sent} text={one.sent} />
      {one.answer && <Code label={w.came} text={one.answer} />}
    </div>
  );
}
