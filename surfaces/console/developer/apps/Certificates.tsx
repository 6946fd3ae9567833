// Certificates: those issued to an application, new ones for keys that are held here, and the platform's own.
import { Alert, App, Button, Collapse, Descriptions, Switch } from "antd";
import { useState } from "react";
import { defineWords, download, Empty, Problem, useAct, useAsk } from "../../../kit";
import { Asked, Code } from "../../shared";
import { PrivateKeyInput } from "../keys/parts";
import { pem } from "../keys/pem";
import { readCertificates, signingRequest } from "../keys/request";
import { readPublic, type PrivateKey } from "../keys/rsa";
import type { TheApp } from "./OneApp";

const useWords = defineWords({
  mode: { zh: "只接受证书签名（证书模式）", en: "Accept only what is signed with a certificate" },
  saved: { zh: "已保存", en: "Saved" },
  issued: { zh: "已签发给这个应用的证书", en: "Certificates issued to this application" },
  none: {
    zh: "还没有证书。用应用的私钥在下面申请一张。",
    en: "None yet. Have one issued below, with the application's private key.",
  },
  new: { zh: "申请新证书", en: "Have a certificate issued" },
  how: {
    zh: "私钥只在浏览器里用来签署证书请求（CSR），不会发送。",
    en: "The private key signs the request (CSR) here in the browser; it is never sent.",
  },
  issue: { zh: "签署请求并申请", en: "Sign the request and have it issued" },
  done: { zh: "证书 {sn} 已签发", en: "Certificate {sn} was issued" },
  holder: { zh: "持有者", en: "Holder" },
  by: { zh: "签发者", en: "Issuer" },
  time: { zh: "有效期", en: "Valid" },
  platform: { zh: "平台的公钥与证书", en: "The platform's key and certificates" },
  publicKey: { zh: "平台公钥", en: "Public key" },
  cert: { zh: "平台证书", en: "Certificate" },
  root: { zh: "根证书", en: "Root certificates" },
});

export function Certificates({ app }: { app: TheApp }) {
  const w = useWords();
  const { message } = App.useApp();
  const changing = useAct("kaifang.openapp.app.change", { changes: ["kaifang.openapp.app.query"] });
  const change = async (cert_mode: boolean) => {
    if (await changing.act({ app_id: app.app_id, cert_mode })) void message.success(w.saved);
  };
  return (
    <div className="c-sheet">
      <label className="c-actions">
        <Switch checked={app.cert_mode} loading={changing.acting} onChange={(next) => void change(next)} /> {w.mode}
      </label>
      {changing.problem && <Problem problem={changing.problem} />}
      <h2>{w.issued}</h2>
      {!app.certs.length && <Empty>{w.none}</Empty>}
      <Collapse
        items={app.certs.map((sn) => ({
          key: sn,
          label: <span className="c-number">{sn}</span>,
          children: <One app_id={app.app_id} sn={sn} />,
        }))}
      />
      <h2>{w.new}</h2>
      <Issue app={app} />
      <h2>{w.platform}</h2>
      <Platform />
    </div>
  );
}

function One({ app_id, sn }: { app_id: string; sn: string }) {
  const asked = useAsk("kaifang.openapp.cert.query", { app_id, sn });
  return (
    <Asked of={asked}>
      {({ pem: text }) => (
        <>
          <Said text={text} />
          <Code text={text} name={`appCertPublicKey_${app_id}.crt`} />
        </>
      )}
    </Asked>
  );
}

function Said({ text }: { text: string }) {
  const w = useWords();
  const [first] = readCertificates(text);
  if (!first) return null;
  const items = [
    { key: "holder", label: w.holder, children: first.holder },
    { key: "by", label: w.by, children: first.issuer },
    { key: "time", label: w.time, children: `${first.from.slice(0, 10)} – ${first.until.slice(0, 10)}` },
  ];
  return <Descriptions size="small" column={1} items={items} />;
}

function Issue({ app }: { app: TheApp }) {
  const w = useWords();
  const [key, setKey] = useState<PrivateKey>();
  const [signing, setSigning] = useState(false);
  const [csr, setCsr] = useState<string>();
  const issuing = useAct("kaifang.openapp.cert.issue", { changes: ["kaifang.openapp.app.query"] });
  const [issued, setIssued] = useState<{ sn: string; pem: string }>();
  const issue = async () => {
    setSigning(true);
    const text = await signingRequest(key!, { C: "CN", O: app.name, CN: app.app_id });
    setSigning(false);
    setCsr(text);
    setIssued(await issuing.act({ app_id: app.app_id, csr: text }));
  };
  return (
    <>
      <p className="c-quiet">{w.how}</p>
      <PrivateKeyInput onKey={setKey} />
      {issuing.problem && <Problem problem={issuing.problem} />}
      <div>
        <Button type="primary" disabled={!key} loading={signing || issuing.acting} onClick={() => void issue()}>
          {w.issue}
        </Button>
      </div>
      {csr && <Code label="CSR" text={csr} name={`${app.app_id}.csr`} />}
      {issued && (
        <>
          <Alert type="success" showIcon title={w("done", { sn: issued.sn })} />
          <Code text={issued.pem} name={`appCertPublicKey_${app.app_id}.crt`} />
        </>
      )}
    </>
  );
}

/** What SDKs load to verify the platform. */
export function Platform() {
  const w = useWords();
  const asked = useAsk("kaifang.openapp.platform.look", {}, { keep: 3_600_000 });
  return (
    <Asked of={asked}>
      {(told) => {
        const files = [
          { label: w.publicKey, name: "platform.pem", text: pem("PUBLIC KEY", readPublic(told.public_key)) },
          { label: `${w.cert} ${told.cert_sn}`, name: "alipayCertPublicKey_RSA2.crt", text: told.cert },
          { label: `${w.root} ${told.root_sn}`, name: "alipayRootCert.crt", text: told.root_cert },
        ];
        return (
          <ul className="d-files">
            {files.map(({ label, name, text }) => (
              <li key={name}>
                <span>{label}</span>
                <Button onClick={() => download(name, text, "application/x-pem-file")}>{name}</Button>
              </li>
            ))}
          </ul>
        );
      }}
    </Asked>
  );
}
