// Amounts are text in yuan; nothing is calculated with them here but the heights of bars.

/** What somebody typed, as the platform takes it; undefined if it is no amount above zero. */
export function amountOf(typed: string): string | undefined {
  const [, whole, part = ""] = /^(\d{1,9})(?:\.(\d{0,2}))?$/.exec(typed.trim()) ?? [];
  if (whole === undefined) return undefined;
  const amount = `${whole.replace(/^0+(?=\d)/, "")}.${part.padEnd(2, "0")}`;
  return fen(amount) ? amount : undefined;
}

/** Fen, for drawing and comparing. */
export function fen(amount: string): number {
  return Number(amount.replace(".", ""));
}

/** Whether money went, and how much without its sign. */
export function sides(change: string): { out: boolean; amount: string } {
  return { out: change.startsWith("-"), amount: change.replace("-", "") };
}
