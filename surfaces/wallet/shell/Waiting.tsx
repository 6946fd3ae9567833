// What stands where a page is about to be.
import { Skeleton } from "antd-mobile";
import { defineWords } from "../../kit";

const useWords = defineWords({ loading: { zh: "正在打开", en: "Opening" } });

export function Waiting({ lines = 5 }: { lines?: number }) {
  const w = useWords();
  return (
    <div className="waiting" role="status" aria-label={w.loading}>
      <Skeleton.Title animated />
      <Skeleton.Paragraph lineCount={lines} animated />
    </div>
  );
}
