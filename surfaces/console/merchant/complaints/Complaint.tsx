// One complaint: what was said, and what the merchant says to it.
import { Timeline } from "antd";
import { defineWords, moment, yuan, type Answer } from "../../../kit";
import { ActForm, Asked, Detail, Go, Part, Sheet, Term, useAppAsk, useAppLive } from "../../shared";
import type { Given } from "../../shared/form/Fields";
import { Written } from "../Written";
import { Codes } from "./Codes";

const useWords = defineWords({
  said: { zh: "往来", en: "What was said" },
  about: { zh: "投诉内容", en: "The complaint" },
  order: { zh: "查看订单（{amount}）", en: "See the order ({amount})" },
  buyer: { zh: "买家", en: "Buyer" },
  you: { zh: "你", en: "You" },
  platform: { zh: "平台", en: "Platform" },
});
const REPLY = { zh: "回复买家", en: "Say something" };
const REPLIES = {
  zh: "只是沟通，答复的期限照常走。",
  en: "This is talk; the time in which you must answer for good goes on.",
};
const ANSWER = { zh: "答复", en: "Answer for good" };
const ANSWERS = {
  zh: "选择“退款”会把这笔订单剩下的钱立刻退给买家。",
  en: "“Refund” gives back at once what is left of the order.",
};
const ADD = { zh: "补充材料", en: "Add evidence" };
const WORDS = { label: { zh: "写给买家", en: "In words" }, input: (given: Given) => <Written {...given} /> };
const CHANGES = [
  "alipay.merchant.tradecomplain.query",
  "alipay.merchant.tradecomplain.batchquery",
  "kaifang.business.",
];

const ABOUT = [
  "complain_reason",
  "leaf_category_name",
  "content",
  "phone_no",
  "images",
  "merchant_order_no",
  "trade_no",
  "gmt_create",
  "gmt_finished",
];
const TITLES = {
  complain_reason: { title: { zh: "原因", en: "About" } },
  leaf_category_name: { title: { zh: "诉求", en: "What the buyer wants" } },
  content: { title: { zh: "经过", en: "What happened" } },
  merchant_order_no: { title: { zh: "你的订单号", en: "Your order number" } },
};

type Told = Answer<"alipay.merchant.tradecomplain.query">;

export default function Complaint({ id }: { id: string }) {
  const w = useWords();
  const asked = useAppAsk("alipay.merchant.tradecomplain.query", { complain_event_id: id });
  useAppLive(
    ["complaint.appeal", "complaint.withdraw", "complaint.decide", "complaint.finish"],
    () => void asked.again(),
  );
  const told = asked.data;
  return (
    <Sheet
      title={told?.complain_reason ?? id}
      lead={told && <Term value={told.status} />}
      extra={told && <Acts told={told} />}
    >
      <Asked of={asked}>
        {(one) => (
          <div className="c-columns">
            <Part
              title={w.said}
              extra={<Go to={`merchant/orders/${one.trade_no}`}>{w("order", { amount: yuan(one.trade_amount) })}</Go>}
            >
              <Timeline
                items={[
                  said(w.buyer, one.content, one.gmt_create),
                  ...(one.reply_detail_infos ?? []).map((each) =>
                    said(whoOf(each.replier_role, w), each.content, each.gmt_create),
                  ),
                ]}
              />
            </Part>
            <Part title={w.about}>
              <Detail method="alipay.merchant.tradecomplain.query" data={one} only={ABOUT} columns={TITLES} />
            </Part>
          </div>
        )}
      </Asked>
    </Sheet>
  );
}

const whoOf = (role: string, w: ReturnType<typeof useWords>) =>
  role === "USER" ? w.buyer : role === "MERCHANT" ? w.you : w.platform;

function said(who: string, what: string, when: string) {
  return {
    content: (
      <>
        <strong>{who}</strong> <span className="c-quiet">{moment(when)}</span>
        <p className="c-text">{what}</p>
      </>
    ),
  };
}

function Acts({ told }: { told: Told }) {
  const ask = { complain_event_id: told.complain_event_id };
  const how = { ask, changes: CHANGES };
  if (told.status === "MERCHANT_PROCESSING") {
    return (
      <>
        <ActForm
          method="alipay.merchant.tradecomplain.reply.submit"
          label={REPLY}
          lead={REPLIES}
          fields={{ reply_images: { hidden: true }, reply_content: WORDS }}
          {...how}
        />
        <ActForm
          method="alipay.merchant.tradecomplain.feedback.submit"
          label={ANSWER}
          lead={ANSWERS}
          type="primary"
          fields={{
            feedback_code: { label: { zh: "怎么处理", en: "What you did" }, input: (given) => <Codes {...given} /> },
            feedback_content: WORDS,
            feedback_images: { hidden: true },
            operator: { hidden: true },
          }}
          {...how}
        />
      </>
    );
  }
  if (told.status === "MERCHANT_FEEDBACKED" || told.status === "PLATFORM_PROCESSING") {
    return (
      <ActForm
        method="alipay.merchant.tradecomplain.supplement.submit"
        label={ADD}
        fields={{ supplement_images: { hidden: true }, supplement_content: WORDS }}
        {...how}
      />
    );
  }
  return null;
}
