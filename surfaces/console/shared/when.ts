// Moments between the platform's form ("2026-01-02 03:04:05") and that of the browser's inputs ("2026-01-02T03:04:05").

export const toLocal = (text: string | undefined): string => (text ?? "").replace(" ", "T");

export function fromLocal(text: string): string | undefined {
  if (!text) return undefined;
  const [date, time = "00:00"] = text.split("T");
  return `${date} ${time.length === 5 ? `${time}:00` : time.slice(0, 8)}`;
}
