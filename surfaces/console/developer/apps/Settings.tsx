// What is set for an application.
import { DerivedForm } from "../../shared";
import { renewApps } from "../../../kit";
import type { TheApp } from "./OneApp";

const OTHERS = ["public_key", "aes_key", "cert_mode", "open_ids", "rate", "state"]; // elsewhere, or the operators'

export function Settings({ app }: { app: TheApp }) {
  const { name, callback, gateway, sign_type, message_style } = app;
  return (
    <DerivedForm
      method="kaifang.openapp.app.change"
      as="person"
      ask={{ app_id: app.app_id }}
      initial={{ name, callback, gateway, sign_type, message_style }}
      order={["name", "gateway", "callback", "sign_type", "message_style"]}
      fields={Object.fromEntries(OTHERS.map((one) => [one, { hidden: true }]))}
      submit={{ zh: "保存", en: "Save" }}
      done={{ zh: "已保存", en: "Saved" }}
      changes={["kaifang.openapp.app.query", "kaifang.openapp.app.list"]}
      onDone={() => void renewApps()}
    />
  );
}
