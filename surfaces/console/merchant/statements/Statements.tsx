// Statements: what is in the account, bills to download, what moved, and what waits to be settled.
import { Tabs } from "antd";
import { defineWords, yuan } from "../../../kit";
import { Asked, DerivedList, Figure, Sheet, useAppAsk, useAppLive } from "../../shared";
import { Bills } from "./Bills";
import { Moved } from "./Moved";

const useWords = defineWords({
  title: { zh: "账单", en: "Statements" },
  lead: {
    zh: "余额、每天和每月的账单、每一笔进出，以及等待结算的担保交易。",
    en: "Balance, bills of days and months, every movement, and guaranteed trades that wait to be settled.",
  },
  available: { zh: "可用余额", en: "Available" },
  frozen: { zh: "冻结或预留", en: "Set aside" },
  settling: { zh: "待结算", en: "To be settled" },
  total: { zh: "合计", en: "In all" },
  bills: { zh: "下载账单", en: "Bills" },
  moved: { zh: "账户明细", en: "Movements" },
  waits: { zh: "待结算", en: "To be settled" },
  none: { zh: "没有等待结算的担保交易。", en: "No guaranteed trades wait to be settled." },
});

const SUBJECT = { title: { zh: "商品", en: "What for" }, render: (text: string) => text };

export default function Statements() {
  const w = useWords();
  const balance = useAppAsk("alipay.data.bill.balance.query", {});
  useAppLive(["trade.pay", "trade.refund", "settlement.settle"], () => void balance.again());
  return (
    <Sheet title={w.title} lead={w.lead}>
      <Asked of={balance}>
        {(told) => (
          <div className="m-figures">
            <Figure title={w.available} value={yuan(told.available_amount)} />
            <Figure title={w.frozen} value={yuan(told.freeze_amount)} />
            <Figure title={w.settling} value={yuan(told.settle_amount)} />
            <Figure title={w.total} value={yuan(told.total_amount)} />
          </div>
        )}
      </Asked>
      <Tabs
        items={[
          { key: "bills", label: w.bills, children: <Bills /> },
          { key: "moved", label: w.moved, children: <Moved /> },
          { key: "waits", label: w.waits, children: <Waiting empty={w.none} /> },
        ]}
      />
    </Sheet>
  );
}

function Waiting({ empty }: { empty: string }) {
  return (
    <DerivedList
      method="kaifang.business.order.list"
      ask={{ escrow: "WAITING" }}
      to={(row) => `merchant/orders/${row.trade_no}`}
      order={["subject", "total_amount", "buyer", "gmt_payment"]}
      shows={["subject", "total_amount", "buyer", "gmt_payment"]}
      columns={{ subject: SUBJECT }}
      filters={{ sort_by: false, ascending: false, trade_status: false, refunded: false }}
      live={["settlement.settle", "trade.pay"]}
      name="to-be-settled"
      empty={empty}
    />
  );
}
