// The applications of the signed-in person.
import { PlusOutlined } from "@ant-design/icons";
import { defineWords, renewApps } from "../../../kit";
import { ActForm, DerivedList, Sheet, useGo } from "../../shared";
import { chooseApp } from "../../shared/app";

const useWords = defineWords({
  title: { zh: "应用", en: "Applications" },
  lead: {
    zh: "每次调用都由一个应用签名；应用决定能做什么、通知发到哪里。",
    en: "Every call is signed by an application. It decides what may be done, and where notifications go.",
  },
  empty: {
    zh: "还没有应用。创建一个，在沙箱里马上就能调用。",
    en: "No application yet. Create one: in a sandbox it may call at once.",
  },
});

export default function Apps() {
  const w = useWords();
  const go = useGo();
  const opened = async ({ app_id }: { app_id: string }) => {
    await renewApps();
    chooseApp(app_id);
    go(`developer/apps/${app_id}`);
  };
  const create = (
    <ActForm
      method="kaifang.openapp.app.apply"
      label={{ zh: "创建应用", en: "Create an application" }}
      lead={{ zh: "密钥可以之后再设置。", en: "The key may be set afterwards." }}
      fields={{ public_key: { hidden: true } }}
      order={["name", "role", "kind"]}
      initial={{ role: "merchant", kind: "WEB" }}
      icon={<PlusOutlined />}
      type="primary"
      onDone={(answer) => void opened(answer)}
    />
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={create}>
      <DerivedList
        method="kaifang.openapp.app.list"
        as="person"
        to={(row) => `developer/apps/${row.app_id}`}
        filters={{ party: false }}
        order={["app_id", "name", "role", "kind", "state", "cert_mode", "gateway", "created"]}
        shows={["app_id", "name", "role", "kind", "state", "cert_mode", "gateway", "created"]}
        empty={w.empty}
        name="apps"
      />
    </Sheet>
  );
}
