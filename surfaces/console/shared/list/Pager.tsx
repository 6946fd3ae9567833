// Going through pages, whether or not anybody knows how many there are.
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import type { Rows } from "./useRows";
import { useListWords } from "./words";

export function Pager({ rows, most }: { rows: Rows; most: number }) {
  const w = useListWords();
  const { page, size, more, total, go, resize } = rows;
  if (page === 1 && !more && (total ?? rows.rows.length) <= 10) return null;
  const sizes = [10, 20, 50, 100].filter((one) => one <= most).map((value) => ({ value, label: value }));
  return (
    <nav className="c-pager" aria-label={w("page", { page })}>
      {total !== undefined && <span className="c-quiet">{w("total", { total })}</span>}
      <Button icon={<LeftOutlined />} disabled={page === 1} aria-label={w.previous} onClick={() => go(page - 1)} />
      <span aria-live="polite">{w("page", { page })}</span>
      <Button icon={<RightOutlined />} disabled={!more} aria-label={w.next} onClick={() => go(page + 1)} />
      <label>
        <span className="c-quiet">{w.perPage}</span>{" "}
        <Select size="small" options={sizes} value={size} onChange={resize} aria-label={w.perPage} />
      </label>
    </nav>
  );
}
