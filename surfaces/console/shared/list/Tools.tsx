// What stands above a list: search, columns, refresh, export.
import { ReloadOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Popover } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useLanguage } from "../../../kit";
import type { MadeColumn } from "./columns";
import { useListWords } from "./words";

interface Props {
  columns: MadeColumn[];
  shown: string[];
  search: string;
  onShow: (names: string[] | null) => void; // null: as at first
  onSearch: (text: string) => void;
  onAgain: () => void;
  children: ReactNode;
}

const PAUSE = 350; // milliseconds after the last letter

export function Tools({ columns, shown, search, onShow, onSearch, onAgain, children }: Props) {
  const w = useListWords();
  return (
    <div className="c-tools">
      <Search first={search} onSearch={onSearch} />
      <Popover
        trigger="click"
        placement="bottomRight"
        content={<Choice columns={columns} shown={shown} onShow={onShow} />}
      >
        <Button icon={<SettingOutlined />}>{w.columns}</Button>
      </Popover>
      {children}
      <Button icon={<ReloadOutlined />} aria-label={w.again} title={w.again} onClick={onAgain} />
    </div>
  );
}

function Search({ first, onSearch }: { first: string; onSearch: (text: string) => void }) {
  const w = useListWords();
  const [text, setText] = useState(first);
  useEffect(() => {
    if (text.trim() === first) return;
    const soon = setTimeout(() => onSearch(text.trim()), PAUSE);
    return () => clearTimeout(soon);
  }, [text, first]); // eslint-disable-line react-hooks/exhaustive-deps
  return (
    <Input
      allowClear
      className="c-search"
      placeholder={w.search}
      aria-label={w.search}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function Choice({ columns, shown, onShow }: Pick<Props, "columns" | "shown" | "onShow">) {
  const w = useListWords();
  const language = useLanguage();
  return (
    <div className="c-choice">
      {columns.map(({ name, title, note }) => (
        <Checkbox
          key={name}
          checked={shown.includes(name)}
          onChange={(event) => onShow(event.target.checked ? [...shown, name] : shown.filter((one) => one !== name))}
        >
          <span title={note}>{title[language]}</span>
        </Checkbox>
      ))}
      <Button size="small" onClick={() => onShow(null)}>
        {w.everyColumn}
      </Button>
    </div>
  );
}
