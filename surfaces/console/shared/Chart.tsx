// A picture of figures, and the same figures as a table for those who do not see it, or prefer it.
import { BarChartOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Skeleton, Table } from "antd";
import type { ECharts, EChartsOption } from "echarts";
import { useEffect, useRef, useState } from "react";
import { defineWords, useLanguage, useTheme } from "../../kit";
import type { Said } from "../../kit/words";
import { Wide } from "./Wide";

const useWords = defineWords({
  table: { zh: "看表格", en: "As a table" },
  picture: { zh: "看图", en: "As a picture" },
});

interface Props {
  title: Said;
  option: EChartsOption;
  table: { columns: Said[]; rows: (string | number)[][] };
  height?: 200 | 280 | 360 | 480; // pixels; classes, as the page's policy allows no styles in its text
}

export function Chart({ title, option, table, height = 280 }: Props) {
  const language = useLanguage();
  const w = useWords();
  const [asTable, setAsTable] = useState(false);
  return (
    <section className="c-chart">
      <header>
        <h3>{title[language]}</h3>
        <Button
          size="small"
          type="text"
          icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? w.picture : w.table}
        </Button>
      </header>
      {asTable ? (
        <AsTable label={title[language]} table={table} />
      ) : (
        <Picture label={title[language]} option={option} height={height} />
      )}
      {!asTable && (
        <div className="k-unseen">
          <Rows table={table} />
        </div>
      )}
    </section>
  );
}

function AsTable({ label, table }: Pick<Props, "table"> & { label: string }) {
  return (
    <Wide label={label}>
      <Rows table={table} />
    </Wide>
  );
}

function Rows({ table }: Pick<Props, "table">) {
  const language = useLanguage();
  const columns = table.columns.map((title, at) => ({ key: at, title: title[language], dataIndex: at }));
  return (
    <Table
      size="small"
      rowKey={(row) => row.join()}
      columns={columns as never}
      dataSource={table.rows}
      pagination={false}
    />
  );
}

function Picture({ label, option, height }: { label: string; option: EChartsOption; height: number }) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ECharts>();
  const { dark } = useTheme();
  useEffect(() => {
    let made: ECharts | undefined;
    let gone = false;
    void import("./charts").then(({ draw }) => {
      if (gone || !place.current) return;
      made = draw(place.current, dark);
      setChart(made);
    });
    const watch = new ResizeObserver(() => made?.resize());
    if (place.current) watch.observe(place.current);
    return () => {
      gone = true;
      watch.disconnect();
      made?.dispose();
      setChart(undefined);
    };
  }, [dark]);
  useEffect(() => chart?.setOption(option, { notMerge: true }), [chart, option]);
  return (
    <div className={`c-picture c-height-${height}`} role="img" aria-label={label}>
      <div ref={place} className="c-fill" />
      {!chart && <Skeleton.Node active className="c-fill" />}
    </div>
  );
}
