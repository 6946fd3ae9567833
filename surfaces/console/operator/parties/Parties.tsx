// Everybody who has an account.
import { PlusOutlined } from "@ant-design/icons";
import { defineWords } from "../../../kit";
import { ActForm, DerivedList, Sheet, useGo } from "../../shared";

const useWords = defineWords({
  title: { zh: "用户与商家", en: "People and merchants" },
  lead: {
    zh: "平台上的每个账户；点开看余额、应用，或冻结、注销。",
    en: "Every account: look at its balances and applications, block or close it.",
  },
  empty: {
    zh: "还没有账户。开一个，就有人可以付款和收款。",
    en: "No accounts yet. Open one, and there is somebody to pay and be paid.",
  },
});

export default function Parties() {
  const w = useWords();
  const go = useGo();
  const open = (
    <ActForm
      method="kaifang.account.party.open"
      label={{ zh: "开户", en: "Open an account" }}
      icon={<PlusOutlined />}
      type="primary"
      changes={["kaifang.account.party.list"]}
      onDone={({ user_id }) => go(`operator/parties/${user_id}`)}
    />
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={open}>
      <DerivedList
        method="kaifang.account.party.list"
        filters={{ text: { title: { zh: "姓名、账号或用户号", en: "Name, sign-in or number" } } }}
        shows={["name", "user_id", "kind", "logon_id", "mobile", "status", "opened"]}
        order={["name"]}
        to={(row) => `operator/parties/${row.user_id}`}
        empty={w.empty}
      />
    </Sheet>
  );
}
