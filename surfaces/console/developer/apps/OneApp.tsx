// One application: what is set for it, its keys, its certificates, its encryption.
import { Tabs } from "antd";
import { defineWords, useAsk, type Answer } from "../../../kit";
import { Asked, Part, Sheet, Term } from "../../shared";
import { Certificates } from "./Certificates";
import { Encryption } from "./Encryption";
import { Keys } from "./Keys";
import { Settings } from "./Settings";

const useWords = defineWords({
  lead: { zh: "应用 {app_id}", en: "Application {app_id}" },
  settings: { zh: "设置", en: "Settings" },
  keys: { zh: "密钥", en: "Keys" },
  certificates: { zh: "证书", en: "Certificates" },
  encryption: { zh: "接口加密", en: "Encryption" },
});

export type TheApp = Answer<"kaifang.openapp.app.query">;

export default function OneApp({ app_id }: { app_id: string }) {
  const w = useWords();
  const asked = useAsk("kaifang.openapp.app.query", { app_id });
  return (
    <Asked of={asked}>
      {(app) => (
        <Sheet title={app.name} lead={w("lead", { app_id })} extra={<Term value={app.state} />}>
          <Part>
            <Tabs
              items={[
                { key: "settings", label: w.settings, children: <Settings app={app} /> },
                { key: "keys", label: w.keys, children: <Keys app={app} /> },
                { key: "certificates", label: w.certificates, children: <Certificates app={app} /> },
                { key: "encryption", label: w.encryption, children: <Encryption app={app} /> },
              ]}
            />
          </Part>
        </Sheet>
      )}
    </Asked>
  );
}
