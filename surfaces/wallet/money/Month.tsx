// A month's picture: what was spent and received, by day as bars, by kind as shares.
import { defineWords, Problem, useAsk, yuan, type Answer, type Language } from "../../kit";
import { Waiting } from "../shell/Waiting";
import { fen } from "./amount";
import { useKinds, type Kind } from "./bill";

type Picture = Answer<"kaifang.wallet.bill.month">;

const useWords = defineWords({
  spent: { zh: "支出", en: "Spent" },
  received: { zh: "收入", en: "Received" },
  back: { zh: "其中退回 {amount}", en: "{amount} of it came back" },
  days: { zh: "每日支出", en: "Spent by day" },
  day: { zh: "日期", en: "Day" },
  kinds: { zh: "按类型", en: "By kind" },
});

/** The months up to this one, the newest first; which one it is says the platform's clock. */
export function useMonths(count: number): string[] {
  const now = useAsk("kaifang.wallet.bill.month", {}, { keep: 60_000 }).data?.month;
  if (!now) return [];
  const [year, number] = now.split("-").map(Number);
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + number - 1 - back;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}

/** A month as people write it. */
export function monthName(month: string, language: Language): string {
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  const at = new Date(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" }).format(at);
}

export function Month({ month }: { month?: string }) {
  const w = useWords();
  const { data, problem, loading, again } = useAsk("kaifang.wallet.bill.month", { month }, { hold: true });
  return (
    <section className="box m-month" aria-busy={loading}>
      {problem && <Problem problem={problem} again={again} />}
      {loading && <Waiting lines={3} />}
      {data && (
        <>
          <dl className="m-sums">
            <div>
              <dt>{w.spent}</dt>
              <dd>{yuan(data.spent)}</dd>
            </div>
            <div>
              <dt>{w.received}</dt>
              <dd>
                {yuan(data.received)}
                {data.given_back !== "0.00" && <small>{w("back", { amount: yuan(data.given_back) })}</small>}
              </dd>
            </div>
          </dl>
          {data.days.length > 0 && <Bars picture={data} />}
          {data.kinds.length > 0 && <Kinds picture={data} />}
        </>
      )}
    </section>
  );
}

const HEIGHT = 60;
const STEP = 10;

/** Spent by day; the table beside it says the same to whoever does not see it. */
function Bars({ picture }: { picture: Picture }) {
  const w = useWords();
  const [year, month] = picture.month.split("-").map(Number);
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const spent = new Map(picture.days.map((day) => [Number(day.day.slice(8)), day.spent]));
  const most = Math.max(...picture.days.map((day) => fen(day.spent)), 1);
  return (
    <figure className="m-bars">
      <figcaption>{w.days}</figcaption>
      <svg viewBox={`0 0 ${count * STEP} ${HEIGHT + 12}`} aria-hidden>
        <path d={`M0 ${HEIGHT}.5h${count * STEP}`} />
        {Array.from({ length: count }, (_, place) => {
          const height = Math.round((fen(spent.get(place + 1) ?? "0.00") * HEIGHT) / most);
          return (
            <g key={place}>
              <rect x={place * STEP + 2} y={HEIGHT - height} width={STEP - 4} height={height} rx="2" />
              {(place + 1) % 7 === 1 && (
                <text x={place * STEP + STEP / 2} y={HEIGHT + 10}>
                  {place + 1}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <table className="k-unseen">
        <thead>
          <tr>
            <th scope="col">{w.day}</th>
            <th scope="col">{w.spent}</th>
            <th scope="col">{w.received}</th>
          </tr>
        </thead>
        <tbody>
          {picture.days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              <td>{yuan(day.spent)}</td>
              <td>{yuan(day.received)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function Kinds({ picture }: { picture: Picture }) {
  const w = useWords();
  const kinds = useKinds();
  const all = Math.max(...picture.kinds.map((kind) => Math.max(fen(kind.spent), fen(kind.received))), 1);
  return (
    <>
      <h2>{w.kinds}</h2>
      <ul className="m-kinds">
        {picture.kinds.map(({ kind, spent, received }) => (
          <li key={kind}>
            <span>{kinds[kind as Kind]}</span>
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
              <rect width={Math.round((fen(spent) * 100) / all)} height="6" />
            </svg>
            <span>
              {spent !== "0.00" && `−${yuan(spent)}`} {received !== "0.00" && <em>+{yuan(received)}</em>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
