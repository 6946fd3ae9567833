// What can be done with a placement as it stands.
import { Act } from "../../shared";

const PAUSE = { zh: "暂停", en: "Pause" };
const RESUME = { zh: "恢复", en: "Resume" };
const END = { zh: "结束", en: "End" };
const ENDS = { zh: "结束后不能再恢复。", en: "It cannot be resumed afterwards." };
const CHANGES = ["kaifang.reach.placement.list", "kaifang.reach.placement.query"];

interface Props {
  placement_id: string;
  state: string;
  onDone?: () => void;
}

export function Acts({ placement_id, state, onDone }: Props) {
  const how = { ask: { placement_id }, size: "small" as const, changes: CHANGES, onDone };
  return (
    <>
      {state === "WORKING" && <Act method="kaifang.reach.placement.pause" label={PAUSE} sure={false} {...how} />}
      {state === "PAUSED" && <Act method="kaifang.reach.placement.resume" label={RESUME} sure={false} {...how} />}
      {state !== "FINISHED" && state !== "REJECTED" && (
        <Act method="kaifang.reach.placement.end" label={END} sure={ENDS} danger {...how} />
      )}
    </>
  );
}
