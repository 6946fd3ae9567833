// The key for encrypted calls: made in the browser, told to the platform once.
import { Alert, Button } from "antd";
import { useState } from "react";
import { defineWords, Problem, useAct } from "../../../kit";
import { Code } from "../../shared";
import { base64 } from "../keys/pem";
import type { TheApp } from "./OneApp";

const useWords = defineWords({
  on: { zh: "这个应用已有接口内容加密密钥（AES）。", en: "This application has a key for encrypted calls (AES)." },
  off: { zh: "还没有密钥：调用内容只签名，不加密。", en: "No key yet: calls are signed, not encrypted." },
  make: { zh: "生成并启用新密钥", en: "Make a new key and use it" },
  shown: { zh: "只显示这一次，请保存", en: "It is shown only now: keep it" },
});

export function Encryption({ app }: { app: TheApp }) {
  const w = useWords();
  const [key, setKey] = useState<string>();
  const changing = useAct("kaifang.openapp.app.change", { changes: ["kaifang.openapp.app.query"] });
  const make = async () => {
    const aes_key = base64(crypto.getRandomValues(new Uint8Array(16)));
    if (await changing.act({ app_id: app.app_id, aes_key })) setKey(aes_key);
  };
  return (
    <div className="c-sheet">
      <p>{app.encrypts ? w.on : w.off}</p>
      {changing.problem && <Problem problem={changing.problem} />}
      {key && (
        <>
          <Alert type="warning" showIcon title={w.shown} />
          <Code text={key} name={`${app.app_id}-aes.txt`} />
        </>
      )}
      <div>
        <Button type="primary" danger={app.encrypts} loading={changing.acting} onClick={() => void make()}>
          {w.make}
        </Button>
      </div>
    </div>
  );
}
