// A merchant's day: how it goes, what wants an answer, the latest orders, and the weeks before.
import { Input } from "antd";
import { useState } from "react";
import { day as dayOf, defineWords, moment } from "../../../kit";
import { Asked, Part, Sheet, useApp, useAppAsk, useAppLive } from "../../shared";
import { clockOf, Figures } from "./Figures";
import { Hours } from "./Hours";
import { Latest } from "./Latest";
import { Shops } from "./Shops";
import { Waiting } from "./Waiting";
import { Weeks } from "./Weeks";

const useWords = defineWords({
  today: { zh: "今天", en: "Today" },
  lead: {
    zh: "{name} · 数据截至 {moment}，与前几天的 {clock} 相比",
    en: "{name}, counted up to {moment}, and compared with {clock} of earlier days",
  },
  date: { zh: "看哪一天", en: "Which day" },
  latest: { zh: "最新订单", en: "Latest orders" },
});
const HAPPENS = [
  "trade.open",
  "trade.pay",
  "trade.refund",
  "trade.close",
  "membercard.join",
  "membercard.open",
  "voucher.use",
];

export default function Today() {
  const w = useWords();
  const app = useApp();
  const [date, setDate] = useState("");
  const asked = useAppAsk("kaifang.business.day", date ? { date } : {}, { hold: true });
  useAppLive(HAPPENS, () => void asked.again());
  const told = asked.data;
  const choose = (
    <label className="c-filter">
      <span>{w.date}</span>
      <Input type="date" value={date} onChange={(event) => setDate(event.target.value)} />
    </label>
  );
  return (
    <Sheet
      title={date && told ? dayOf(told.date) : w.today}
      lead={told && w("lead", { name: app.name, moment: moment(told.as_of), clock: clockOf(told.until) })}
      extra={choose}
    >
      <Asked of={asked}>
        {(day) => (
          <>
            <Figures day={day} />
            <Waiting />
            <div className="c-columns">
              <Part>
                <Hours day={day} />
              </Part>
              <Part title={w.latest}>
                <Latest />
              </Part>
            </div>
            <div className="c-columns">
              <Part>
                <Weeks until={day.as_of} />
              </Part>
              <Shops day={day} />
            </div>
          </>
        )}
      </Asked>
    </Sheet>
  );
}
