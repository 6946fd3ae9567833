// A switch: closes a capability or a method to everybody outside, or opens it again.
import { Act, ActForm, useAppAsk } from "../../shared";

const METHOD = "kaifang.switch.set";
const CHANGES = ["kaifang.switch.list"];

export function Turn({ name, small }: { name: string; small?: boolean }) {
  const asked = useAppAsk("kaifang.switch.list", {}, { keep: 5_000 });
  const size = small ? "small" : "middle";
  if (!asked.data) return null;
  if (asked.data.stopped.some((one) => one.name === name)) {
    return (
      <Act
        method={METHOD}
        ask={{ name, stopped: false }}
        label={{ zh: "恢复开放", en: "Switch on" }}
        sure={false}
        type="primary"
        size={size}
        changes={CHANGES}
      />
    );
  }
  return (
    <ActForm
      method={METHOD}
      ask={{ name, stopped: true }}
      label={{ zh: "关闭", en: "Switch off" }}
      lead={{
        zh: "外部调用会立刻被拒绝（isv.forbidden-api），平台内部照常。理由会告诉调用方。",
        en:
          "Calls from outside are refused at once (isv.forbidden-api); what the platform does " +
          "by itself goes on. Callers read the reason.",
      }}
      size={size}
      danger
      changes={CHANGES}
    />
  );
}
