// Points line by line, the newest first, a page at a time.
import { defineWords, moment } from "../../kit";

const PAGE = 20;

export interface LogLine {
  number: string;
  what: string;
  at: string;
  change: string; // with its sign
  then?: string; // what there was afterwards
}

const useWords = defineWords({
  older: { zh: "更早的", en: "Earlier" },
  newest: { zh: "回到最新", en: "Newest" },
});

/** What a page of a log is asked with. */
export const page = (before?: string) => ({ before, limit: PAGE });

export function Log({ lines, before, turn }: { lines: LogLine[]; before?: string; turn(before?: string): void }) {
  const w = useWords();
  return (
    <>
      {lines.length > 0 && (
        <ul className="box log">
          {lines.map((one) => (
            <li key={one.number}>
              <span>
                {one.what}
                <small>{moment(one.at)}</small>
              </span>
              <span className="log-change">
                <strong>{one.change}</strong>
                {one.then && <small>{one.then}</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <nav className="pager">
        {before && (
          <button type="button" className="ghost" onClick={() => turn(undefined)}>
            {w.newest}
          </button>
        )}
        {lines.length === PAGE && (
          <button type="button" className="ghost" onClick={() => turn(lines.at(-1)!.number)}>
            {w.older}
          </button>
        )}
      </nav>
    </>
  );
}

/** An amount of points with its sign, as a change is read. */
export const signed = (points: string) => (points.startsWith("-") ? points : `+${points}`);
