// A list as a file: every row of every page, every column.
import { DownloadOutlined, LoadingOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { download, useLanguage, type MethodName } from "../../../kit";
import { appCall, type Who } from "../app";
import { csv } from "../csv";
import type { MadeColumn } from "./columns";
import { everyRow } from "./every";
import type { Ask, ListShape, Row } from "./shape";
import { useListWords } from "./words";

interface Props {
  method: MethodName;
  shape: ListShape;
  ask: Ask;
  as: Who;
  columns: MadeColumn[];
  name: string;
  here?: Row[]; // the rows, where all of them are here already
}

export function Export({ method, shape, ask, as, columns, name, here }: Props) {
  const w = useListWords();
  const language = useLanguage();
  const { message } = App.useApp();
  const [count, setCount] = useState<number>();
  const control = useRef<AbortController>(undefined);

  const all = async (): Promise<Row[]> => {
    control.current = new AbortController();
    const call = (page: Ask) => appCall(method, page as never, { as }) as Promise<Row>;
    return (await everyRow(shape, ask, call, { told: setCount, signal: control.current.signal })).rows;
  };
  const make = async () => {
    setCount(0);
    try {
      const rows = here ?? (await all());
      const titles = columns.map((column) => column.title[language]);
      download(
        `${name}.csv`,
        csv(
          titles,
          rows.map((row) => columns.map((column) => told(column, row))),
        ),
        "text/csv;charset=utf-8",
      );
      void message.success(w("exported", { count: rows.length }));
    } catch (problem) {
      if (!control.current?.signal.aborted) void message.error((problem as Error).message);
    } finally {
      setCount(undefined);
    }
  };
  if (count === undefined) {
    return (
      <Button icon={<DownloadOutlined />} onClick={() => void make()}>
        {w.csv}
      </Button>
    );
  }
  return (
    <Button icon={<LoadingOutlined />} onClick={() => control.current?.abort()} aria-live="polite">
      {w("exporting", { count })}
    </Button>
  );
}

function told({ name, csv: said }: MadeColumn, row: Row): unknown {
  return said ? said(row[name], row) : row[name];
}
