import { Skeleton } from "antd";

export function Waiting() {
  return (
    <div className="c-waiting" role="status" aria-busy="true">
      <Skeleton active paragraph={{ rows: 8 }} />
    </div>
  );
}
