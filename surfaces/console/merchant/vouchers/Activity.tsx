// One activity: how it goes, and what it promises.
import { defineWords, yuan } from "../../../kit";
import { Asked, Detail, Figure, Part, Sheet, Term, useAppAsk, useAppLive } from "../../shared";
import { Acts } from "./Acts";

const useWords = defineWords({
  state: { zh: "状态", en: "State" },
  left: { zh: "剩余", en: "Left" },
  of: { zh: "共 {count}", en: "of {count}" },
  sent: { zh: "已发", en: "Given out" },
  used: { zh: "已用", en: "Used" },
  off: { zh: "优惠金额", en: "Taken off" },
  promises: { zh: "活动内容", en: "What it promises" },
  gone: { zh: "没有这个活动。", en: "There is no such activity." },
});

export default function Activity({ activity_id }: { activity_id: string }) {
  const w = useWords();
  const listed = useAppAsk("kaifang.voucher.activity.list", { activity_id });
  useAppLive(["voucher.claim", "voucher.give", "voucher.use", "voucher.give_back"], () => void listed.again());
  const one = listed.data?.activities[0];
  const template = one?.kind === "cash" || one?.kind === "cashless";
  return (
    <Sheet
      title={one ? one.name || one.title : activity_id}
      lead={one && `${one.title} · ${activity_id}`}
      extra={one && <Acts activity={one} />}
    >
      <Asked of={listed} none={(told) => !told.activities.length} empty={w.gone}>
        {() =>
          one && (
            <div className="m-figures">
              <Figure title={w.state} value={<Term value={one.state} />} />
              <Figure
                title={w.left}
                value={one.left ?? "–"}
                note={one.quantity !== undefined && w("of", { count: one.quantity })}
              />
              <Figure title={w.sent} value={one.sent} />
              <Figure title={w.used} value={one.used} />
              <Figure title={w.off} value={yuan(one.taken_off)} />
            </div>
          )
        }
      </Asked>
      {one && (
        <Part title={w.promises}>
          {template ? (
            <Detail method="alipay.marketing.voucher.templatedetail.query" ask={{ template_id: activity_id }} />
          ) : (
            <Detail method="alipay.marketing.activity.query" ask={{ activity_id }} hide={["activity_base_info"]} />
          )}
        </Part>
      )}
    </Sheet>
  );
}
