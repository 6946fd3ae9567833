// Smallest units of the journal and sizes of databases, as people read them.
import { yuan } from "../../kit";

/** Fen as yuan, by moving the point; points and stocks as they are. */
export function amount(minor: number, asset: string): string {
  if (asset !== "CNY") return minor.toLocaleString();
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return yuan(`${minor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

export const assetOf = (account: string): string => account.slice(account.lastIndexOf("/") + 1);

const SIZES = ["B", "kB", "MB", "GB", "TB"];

export function bytes(count: number): string {
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${(count / 1024 ** step).toFixed(step > 1 ? 1 : 0)} ${SIZES[step]}`;
}
