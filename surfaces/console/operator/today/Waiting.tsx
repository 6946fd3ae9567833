// What waits for somebody who runs the platform.
import { defineWords } from "../../../kit";
import { Figure, Go, useAppAsk } from "../../shared";

const useWords = defineWords({
  reviews: { zh: "待审内容", en: "Texts to review" },
  merchants: { zh: "待审商户与门店", en: "Merchants to review" },
  services: { zh: "待审服务", en: "Services to review" },
  complaints: { zh: "待裁决投诉", en: "Complaints to decide" },
  owed: { zh: "未送达通知", en: "Notifications owed" },
  off: { zh: "关闭的开关", en: "Switched off" },
});

const PAGE = 100;
const counted = (rows: unknown[] | undefined) => (rows ? (rows.length >= PAGE ? `${PAGE}+` : rows.length) : "…");

export function Waiting() {
  const w = useWords();
  const reviews = useAppAsk("kaifang.review.list", { limit: PAGE });
  const merchants = useAppAsk("kaifang.merchant.review.list", {});
  const services = useAppAsk("kaifang.market.commodity.waiting", { page_size: 1 });
  const complaints = useAppAsk("kaifang.merchant.complaint.waiting", {});
  const owed = useAppAsk("kaifang.log.owed", {});
  const off = useAppAsk("kaifang.switch.list", {});
  const late = owed.data?.apps.reduce((sum, one) => sum + one.owed + one.retrying, 0);
  return (
    <div className="c-grid">
      <Figure title={<Go to="operator/reviews">{w.reviews}</Go>} value={counted(reviews.data?.reviews)} />
      <Figure title={<Go to="operator/reviews">{w.merchants}</Go>} value={counted(merchants.data?.orders)} />
      <Figure title={<Go to="operator/reviews">{w.services}</Go>} value={services.data?.total ?? "…"} />
      <Figure title={<Go to="operator/reviews">{w.complaints}</Go>} value={counted(complaints.data?.complaints)} />
      <Figure title={<Go to="operator/queue">{w.owed}</Go>} value={late ?? "…"} trend={late ? "down" : undefined} />
      <Figure title={<Go to="operator/switches">{w.off}</Go>} value={off.data?.stopped.length ?? "…"} />
    </div>
  );
}
