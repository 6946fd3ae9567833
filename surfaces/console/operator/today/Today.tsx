// How the platform is, what waits for somebody, and what goes on at this moment.
import { ReloadOutlined } from "@ant-design/icons";
import { Alert, Button, Tag } from "antd";
import { defineWords, moment } from "../../../kit";
import { Asked, Figure, Go, Part, Sheet, useAppAsk } from "../../shared";
import { amount, bytes } from "../units";
import { About } from "../journal/Journal";
import { Waiting } from "./Waiting";

const useWords = defineWords({
  title: { zh: "概况", en: "Overview" },
  lead: { zh: "平台现在怎么样，有什么在等人处理。", en: "How the platform is, and what waits for somebody." },
  again: { zh: "刷新", en: "Look again" },
  version: { zh: "版本", en: "Release" },
  database: { zh: "数据库", en: "Database" },
  clock: { zh: "平台时间", en: "Platform time" },
  stands: { zh: "时钟停着", en: "the clock stands still" },
  runs: { zh: "时钟在走", en: "the clock runs" },
  overdue: { zh: "逾期任务", en: "Overdue jobs" },
  since: { zh: "最早的自 {since}", en: "the oldest since {since}" },
  none: { zh: "没有", en: "none" },
  pace: { zh: "处理一批", en: "A batch takes" },
  longest: { zh: "最慢 {longest} 毫秒", en: "the slowest {longest} ms" },
  queued: { zh: "排队", en: "Waiting" },
  lately: {
    zh: "最近百批共 {lately} 件，最大一批 {largest}",
    en: "{lately} in the last 100 batches, {largest} at most",
  },
  circulating: { zh: "流通中的钱", en: "Money in circulation" },
  booksRight: { zh: "借贷相抵", en: "sums to nothing" },
  booksWrong: { zh: "借贷不平！", en: "does not sum to nothing!" },
  processes: { zh: "进程", en: "Processes" },
  here: { zh: "应答者", en: "answers" },
  serves: { zh: "在运行", en: "runs" },
  ended: { zh: "已结束", en: "ended" },
  fronts: { zh: "另有 {fronts} 个前置进程", en: "and {fronts} fronts before it" },
  broken: { zh: "最近一次核验发现问题", en: "The last proof found something wrong" },
  just: { zh: "刚刚发生", en: "Just now" },
  all: { zh: "全部事件", en: "All events" },
  quiet: { zh: "还没有发生任何事。", en: "Nothing has happened yet." },
});

export default function Today() {
  const w = useWords();
  const health = useAppAsk("kaifang.health.read", {}, { every: 15_000 });
  const books = useAppAsk("kaifang.books.read", {}, { keep: 15_000 });
  const cny = books.data?.assets.find((one) => one.asset === "CNY");
  const again = (
    <Button icon={<ReloadOutlined />} loading={health.renewing} onClick={() => void health.again()}>
      {w.again}
    </Button>
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={again}>
      {books.data?.proof?.broken && (
        <Alert type="error" showIcon title={w.broken} description={books.data.proof.broken} />
      )}
      <Asked of={health}>
        {(told) => (
          <>
            <div className="c-grid">
              <Figure title={w.clock} value={moment(told.now)} note={told.stands ? w.stands : w.runs} />
              <Figure
                title={w.overdue}
                value={told.overdue}
                trend={told.overdue ? "down" : undefined}
                note={told.oldest ? w("since", { since: moment(told.oldest) }) : w.none}
              />
              <Figure
                title={w.pace}
                value={`${told.pace.wait} ms`}
                note={w("longest", { longest: told.pace.longest })}
              />
              <Figure
                title={w.queued}
                value={told.pace.waiting}
                note={w("lately", { lately: told.pace.lately, largest: told.pace.largest })}
              />
              <Figure
                title={w.database}
                value={bytes(told.bytes)}
                note={`${told.engine} · ${w.version} ${told.release}`}
              />
              {cny && (
                <Figure
                  title={<Go to="operator/books">{w.circulating}</Go>}
                  value={amount(cny.circulating, "CNY")}
                  trend={cny.total ? "down" : undefined}
                  note={cny.total ? w.booksWrong : w.booksRight}
                />
              )}
            </div>
            <Waiting />
            <div className="c-columns">
              <Part title={w.processes}>
                <ul className="c-devices">
                  {told.processes.map((one) => (
                    <li key={one.writer}>
                      <span>
                        #{one.writer}{" "}
                        <span className="c-quiet">
                          {one.entries} / {one.events}
                        </span>
                      </span>
                      <Tag color={one.serves ? "green" : "default"}>
                        {one.here ? w.here : one.serves ? w.serves : w.ended}
                      </Tag>
                    </li>
                  ))}
                </ul>
                {told.fronts > 0 && <p className="c-quiet">{w("fronts", { fronts: told.fronts })}</p>}
              </Part>
              <Part title={w.just} extra={<Go to="operator/events">{w.all}</Go>}>
                <Lately />
              </Part>
            </div>
          </>
        )}
      </Asked>
    </Sheet>
  );
}

/** The last events, asked for again every few seconds. */
function Lately() {
  const w = useWords();
  const asked = useAppAsk("kaifang.log.events", { page_size: 10 }, { every: 5_000 });
  return (
    <Asked of={asked} empty={w.quiet} none={({ events }) => events.length === 0}>
      {({ events }) => (
        <ul className="c-devices">
          {events.map((one) => (
            <li key={`${one.writer}.${one.number}`}>
              <div>
                <strong>{one.name}</strong>
                <div className="c-quiet c-small">{moment(one.at)}</div>
              </div>
              <span className="c-short">
                <About number={one.subject} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Asked>
  );
}
