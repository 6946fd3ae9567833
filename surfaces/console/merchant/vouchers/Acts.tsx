// What can be done with an activity as it stands.
import type { Answer } from "../../../kit";
import { Act, ActForm } from "../../shared";
import { useNumber } from "../own";

type Activity = Answer<"kaifang.voucher.activity.list">["activities"][number];

const PUBLISH = { zh: "发布", en: "Publish" };
const PUBLISHES = {
  zh: "发布后顾客可以领取；预存的预算从余额划出。",
  en: "People can have it from then on; a budget that you set aside leaves your balance.",
};
const STOP = { zh: "停止", en: "Stop" };
const STOPS = {
  zh: "停止后不再发放，已领取的券仍可使用。",
  en: "Nobody gets another; those that people have can still be used.",
};
const APPEND = { zh: "加量", en: "Add more" };
const QUANTITY = { label: { zh: "总量（含已发放的）", en: "How many in all, those given out included" } };
const CHANGES = ["kaifang.voucher.activity.list", "alipay.marketing.activity.query"];
const SILENT = { merchant_access_mode: { hidden: true } };

export function Acts({ activity, onDone }: { activity: Activity; onDone?: () => void }) {
  const [number, next] = useNumber();
  const { activity_id, kind, state } = activity;
  const ask = { activity_id, out_biz_no: number };
  const done = () => {
    next();
    onDone?.();
  };
  const open = state === "WAITING" || state === "ACTIVE";
  const how = { ask, size: "small" as const, changes: CHANGES, onDone: done };
  if (kind === "order") {
    const method = "alipay.marketing.activity.ordervoucher.stop";
    return open && <Act method={method} label={STOP} sure={STOPS} danger {...how} />;
  }
  if (kind !== "payment") return null;
  return (
    <>
      {state === "INIT" && (
        <Act
          method="alipay.marketing.activity.voucher.publish"
          label={PUBLISH}
          sure={PUBLISHES}
          type="primary"
          {...how}
        />
      )}
      {open && (
        <ActForm
          method="alipay.marketing.activity.voucher.append"
          label={APPEND}
          fields={{ ...SILENT, voucher_quantity: QUANTITY }}
          {...how}
        />
      )}
      {(open || state === "INIT") && (
        <Act method="alipay.marketing.activity.voucher.stop" label={STOP} sure={STOPS} danger {...how} />
      )}
    </>
  );
}
