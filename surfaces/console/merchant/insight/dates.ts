// Days as methods are asked about them, by the platform's clock: in a sandbox it is moved.
import { useAppAsk } from "../../shared";

const DAY = 86_400_000;

/** The platform's date, such as 2026-12-13; undefined until it is known. */
export function useToday(): string | undefined {
  return useAppAsk("kaifang.clock.read", {}, { keep: 60_000 }).data?.now.slice(0, 10);
}

/** The date so many days before another one. */
export const before = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);
