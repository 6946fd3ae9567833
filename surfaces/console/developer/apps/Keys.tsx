// The key that an application signs with: made here or brought, replaced, and held against its private half.
import { Alert, App, Button, Input } from "antd";
import { useState } from "react";
import { defineWords, Empty, Problem, useAct } from "../../../kit";
import { Code } from "../../shared";
import { Fingerprint, Match, NewKey } from "../keys/parts";
import { base64 } from "../keys/pem";
import { NotKey, readPublic } from "../keys/rsa";
import { whyNot } from "../keys/words";
import type { TheApp } from "./OneApp";

const useWords = defineWords({
  now: { zh: "平台现在用来验签的公钥", en: "The public key that the platform verifies with now" },
  none: {
    zh: "还没有公钥。在这里生成一对，或者上传已有的公钥。",
    en: "No key yet. Make one here, or upload the public key that you have.",
  },
  make: { zh: "生成新密钥", en: "Make a new key" },
  bring: { zh: "上传公钥", en: "Upload a public key" },
  paste: { zh: "公钥：PEM 或 Base64", en: "Public key: PEM or base64" },
  use: { zh: "使用这把公钥", en: "Use this key" },
  used: { zh: "已更换，新密钥立即生效", en: "Replaced: the new key counts from now on" },
  sure: { zh: "旧密钥签名的调用会立刻被拒绝。", en: "Calls signed with the old key are refused from now on." },
  sureTitle: { zh: "更换公钥？", en: "Replace the key?" },
  back: { zh: "取消", en: "Cancel" },
  check: { zh: "我的私钥配得上吗？", en: "Does my private key fit?" },
});

export function Keys({ app }: { app: TheApp }) {
  const w = useWords();
  const { modal, message } = App.useApp();
  const changing = useAct("kaifang.openapp.app.change", {
    changes: ["kaifang.openapp.app.query", "kaifang.openapp.app.list"],
  });
  const [brought, setBrought] = useState("");
  const replace = async (public_key: string) => {
    if (await changing.act({ app_id: app.app_id, public_key })) void message.success(w.used);
  };
  const use = (public_key: string) => {
    if (!app.public_key) return void replace(public_key);
    modal.confirm({
      title: w.sureTitle,
      content: w.sure,
      okText: w.use,
      cancelText: w.back,
      okButtonProps: { danger: true },
      onOk: () => replace(public_key),
    });
  };
  const read = readOr(brought);
  return (
    <div className="c-sheet">
      <h2>{w.now}</h2>
      {app.public_key ? (
        <>
          <Fingerprint spki={readPublic(app.public_key)} />
          <Code text={app.public_key} name={`${app.app_id}-public.txt`} />
        </>
      ) : (
        <Empty>{w.none}</Empty>
      )}
      {changing.problem && <Problem problem={changing.problem} />}
      <h2>{w.make}</h2>
      <NewKey name={app.app_id} use={(spki) => use(base64(spki))} useLabel={w.use} />
      <h2>{w.bring}</h2>
      <Input.TextArea
        aria-label={w.paste}
        placeholder={w.paste}
        className="c-code"
        autoSize={{ minRows: 3, maxRows: 10 }}
        value={brought}
        onChange={(event) => setBrought(event.target.value)}
      />
      {brought && read instanceof NotKey && <Alert type="error" showIcon title={whyNot(read)} role="alert" />}
      {!(read instanceof NotKey) && (
        <div className="c-actions">
          <Fingerprint spki={read} />
          <Button type="primary" loading={changing.acting} onClick={() => use(base64(read))}>
            {w.use}
          </Button>
        </div>
      )}
      {app.public_key && (
        <>
          <h2>{w.check}</h2>
          <Match publicKey={app.public_key} />
        </>
      )}
    </div>
  );
}

function readOr(text: string): Uint8Array<ArrayBuffer> | NotKey {
  try {
    return readPublic(text);
  } catch (problem) {
    if (problem instanceof NotKey) return problem;
    throw problem;
  }
}
