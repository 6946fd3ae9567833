// What the form says, as the platform's request for an activity.
import type { Ask } from "../../../kit";

export interface Draft {
  name: string;
  kind: "FIX_VOUCHER" | "DISCOUNT_VOUCHER";
  amount?: string;
  discount?: string;
  most?: string;
  floor?: string;
  quantity: number;
  each?: number;
  begin?: string;
  end: string;
  days: number;
  public?: boolean;
  aside?: boolean;
}

type Create = Ask<"alipay.marketing.activity.voucher.create">;

export function asked(draft: Draft, out_biz_no: string): Create {
  return {
    out_biz_no,
    activity_base_info: { activity_name: draft.name },
    voucher_deduct_info: deduct(draft),
    voucher_display_pattern_info: { voucher_name: draft.name },
    voucher_send_mode_info: {
      voucher_send_mode: "DIRECT_SEND_MODE",
      voucher_send_rule_info: {
        quantity: draft.quantity,
        publish_start_time: draft.begin || undefined,
        publish_end_time: draft.end,
        ...(draft.each
          ? { quantity_limit_per_user: draft.each, quantity_limit_per_user_period_type: "LIFE_CYCLE" }
          : {}),
      },
      ...(draft.public ? { delivery_channel_list: ["PREFER_CHANNEL"] } : {}),
    },
    voucher_use_rule_info: {
      voucher_use_time_info: {
        period_type: "RELATIVE",
        relative_period_info: { valid_days_after_receive: draft.days },
      },
    },
    ...(draft.aside ? { voucher_budget_supply_info: { budget_type: "RECHARGE" } } : {}),
  } as Create;
}

function deduct({ kind, amount, discount, most, floor }: Draft) {
  const least = floor ? { floor_amount: floor } : {};
  if (kind === "FIX_VOUCHER") return { voucher_type: kind, fix_voucher_info: { amount, ...least } };
  const cap = most ? { ceiling_amount: most } : {};
  return { voucher_type: kind, discount_voucher_info: { discount, ...least, ...cap } };
}
