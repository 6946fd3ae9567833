// The platform's clock: a sandbox's is moved, and may stand still.
import { useEffect, useState } from "react";
import { useAsk } from "../../kit";

/** Milliseconds since 1970 of a time as the platform writes it. */
export const ms = (text: string) => Date.parse(`${text.replace(" ", "T")}+08:00`);

/** What time it is there, each second; undefined as long as nobody knows. */
export function useNow(): number | undefined {
  const { data } = useAsk("kaifang.clock.read", {}, { keep: 30_000, every: 60_000 });
  const [read, setRead] = useState<{ there: number; here: number }>();
  const [, tick] = useState(0);
  useEffect(() => {
    if (data) setRead({ there: data.ms, here: Date.now() });
  }, [data]);
  useEffect(() => {
    if (!read || data?.stands) return;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [read, data?.stands]);
  return read && read.there + (data?.stands ? 0 : Date.now() - read.here);
}

/** Days, hours, minutes and seconds until then; undefined if that is over. */
export function until(
  then: number,
  now: number,
): [days: number, hours: number, minutes: number, seconds: number] | undefined {
  const left = Math.ceil((then - now) / 1000);
  if (left <= 0) return undefined;
  return [Math.floor(left / 86_400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60];
}
