// Several lines that a merchant writes to somebody.
import { Input } from "antd";
import type { Given } from "../shared/form/Fields";

export function Written({ id, value, onChange }: Given) {
  return (
    <Input.TextArea
      id={id}
      value={value}
      maxLength={500}
      showCount
      autoSize={{ minRows: 3, maxRows: 10 }}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}
