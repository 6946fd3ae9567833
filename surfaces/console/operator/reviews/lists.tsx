// The lists of the reviews, and how each is answered.
import { defineWords } from "../../../kit";
import { Act, ActForm, DerivedList } from "../../shared";
import type { MethodName } from "../../../kit";

const useWords = defineWords({
  empty: { zh: "没有等待审核的。", en: "Nothing waits." },
});

const YES = { zh: "通过", en: "Approve" };
const NO = { zh: "驳回", en: "Reject" };
type Ask = Record<string, unknown>;

/** Yes at once, no with a reason. */
function Answers({ method, yes, no, list }: { method: MethodName; yes: Ask; no: Ask; list: MethodName }) {
  return (
    <>
      <Act method={method} ask={yes} label={YES} sure={false} type="primary" size="small" changes={[list]} />
      <ActForm method={method} ask={no} label={NO} danger size="small" changes={[list]} />
    </>
  );
}

export function Texts() {
  const list = "kaifang.review.list";
  return (
    <DerivedList
      method={list}
      id="review_id"
      shows={["kind", "texts", "merchant", "state", "opened"]}
      order={["kind", "texts"]}
      empty={useWords().empty}
      detail
      actions={({ review_id, state }) =>
        state === "WAITING" && (
          <Answers
            method="kaifang.review.decide"
            list={list}
            yes={{ review_id, approve: true }}
            no={{ review_id, approve: false }}
          />
        )
      }
    />
  );
}

export function Merchants() {
  const list = "kaifang.merchant.review.list";
  return (
    <DerivedList
      method={list}
      id="order_id"
      order={["name"]}
      empty={useWords().empty}
      detail
      actions={({ order_id }) => (
        <Answers
          method="kaifang.merchant.review.decide"
          list={list}
          yes={{ order_id, passes: true }}
          no={{ order_id, passes: false }}
        />
      )}
    />
  );
}

export function Onboarding() {
  const list = "kaifang.agent.order.list";
  return (
    <DerivedList
      method={list}
      id="order_no"
      filters={{ order_status: false }}
      empty={useWords().empty}
      detail
      actions={({ order_no }) => (
        <Answers
          method="kaifang.agent.order.review"
          list={list}
          yes={{ order_no, decision: "PASS" }}
          no={{ order_no, decision: "REJECT" }}
        />
      )}
    />
  );
}

export function Services() {
  const list = "kaifang.market.commodity.waiting";
  return (
    <DerivedList
      method={list}
      id="commodity_id"
      shows={["title", "provider_name", "category_code", "kind", "price", "days", "since"]}
      order={["title"]}
      empty={useWords().empty}
      detail
      actions={({ commodity_id }) => (
        <>
          <Act
            method="alipay.open.servicemarket.commodity.extendinfos.confirm"
            ask={{ commodity_id, status: "1" }}
            label={YES}
            sure={false}
            type="primary"
            size="small"
            changes={[list]}
          />
          <ActForm
            method="alipay.open.servicemarket.commodity.extendinfos.confirm"
            ask={{ commodity_id, status: "0" }}
            fields={{ user_id: { hidden: true }, commodity_ext_infos: { hidden: true }, memo: { required: true } }}
            label={NO}
            danger
            size="small"
            changes={[list]}
          />
        </>
      )}
    />
  );
}

export function Solutions() {
  const list = "kaifang.market.solution.waiting";
  return (
    <DerivedList
      method={list}
      id="record_id"
      shows={["solution_code", "provider", "merchant", "told", "batch_no"]}
      order={["solution_code"]}
      empty={useWords().empty}
      detail
      actions={({ record_id }) => (
        <Answers
          method="kaifang.market.solution.review"
          list={list}
          yes={{ record_id, passes: true }}
          no={{ record_id, passes: false }}
        />
      )}
    />
  );
}

export function Fields() {
  const list = "kaifang.openapp.field.list";
  return (
    <DerivedList
      method={list}
      rows="requests"
      id="field_name"
      shows={["app_id", "api_name", "field_name", "scene_code", "status", "asked"]}
      empty={useWords().empty}
      detail
      actions={({ app_id, api_name, field_name, status }) =>
        status === "AUDIT" && (
          <Answers
            method="kaifang.openapp.field.decide"
            list={list}
            yes={{ app_id, api_name, field_name, agree: true }}
            no={{ app_id, api_name, field_name, agree: false }}
          />
        )
      }
    />
  );
}

export function Complaints() {
  const list = "kaifang.merchant.complaint.waiting";
  return (
    <DerivedList
      method={list}
      id="complain_event_id"
      shows={["content", "reason", "demand", "amount", "merchant", "deadline"]}
      order={["content"]}
      empty={useWords().empty}
      detail
      actions={({ complain_event_id }) => (
        <ActForm
          method="kaifang.merchant.complaint.decide"
          ask={{ complain_event_id }}
          label={{ zh: "裁决", en: "Decide" }}
          lead={{
            zh: "退给买家多少；不退就留空。理由双方都会看到。",
            en: "How much goes back to the buyer; nothing if left empty. Both read the reason.",
          }}
          type="primary"
          size="small"
          changes={[list]}
        />
      )}
    />
  );
}
