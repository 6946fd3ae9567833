// Making, reading and matching keys; all of it in the browser.
import { Alert, Button, Input, Select, Tag } from "antd";
import { useEffect, useState } from "react";
import { defineWords, download } from "../../../kit";
import { Code } from "../../shared";
import {
  bitsOf,
  fingerprint,
  match,
  newKey,
  NotKey,
  publicOf,
  readPrivate,
  readPublic,
  textsOf,
  type PrivateKey,
} from "./rsa";
import { whyNot } from "./words";

const useWords = defineWords({
  make: { zh: "生成密钥对", en: "Make a key pair" },
  bits: { zh: "{bits} 位", en: "{bits} bits" },
  size: { zh: "长度", en: "Size" },
  keep: {
    zh: "先保存私钥：它只在这个浏览器里，离开这一页就没有了。",
    en: "Keep the private key first: it exists only in this browser, and is gone when you leave this page.",
  },
  kept: { zh: "私钥（保密）", en: "Private key (secret)" },
  pkcs8: { zh: "PKCS#8 PEM（Java、Node、Go）", en: "PKCS#8 PEM (Java, Node, Go)" },
  pkcs1: { zh: "PKCS#1 PEM（Python、PHP）", en: "PKCS#1 PEM (Python, PHP)" },
  bare: { zh: "PKCS#8 Base64（Java SDK 设置）", en: "PKCS#8 base64 (settings of the Java SDK)" },
  public: { zh: "公钥（交给平台）", en: "Public key (for the platform)" },
  private: {
    zh: "私钥：PEM 或 Base64，PKCS#1 或 PKCS#8；只在浏览器里读取",
    en: "Private key: PEM or base64, PKCS#1 or PKCS#8; read only here in the browser",
  },
  publicText: { zh: "公钥：PEM 或 Base64", en: "Public key: PEM or base64" },
  fits: { zh: "是一对：私钥签名，公钥验证通过", en: "They belong together: what one signs, the other verifies" },
  fitsNot: { zh: "不是一对", en: "They do not belong together" },
  print: { zh: "指纹 {print}", en: "fingerprint {print}" },
});

export function NewKey({
  name,
  use,
  useLabel,
}: {
  name: string;
  use?: (spki: Uint8Array<ArrayBuffer>) => void;
  useLabel?: string;
}) {
  const w = useWords();
  const [bits, setBits] = useState(2048);
  const [making, setMaking] = useState(false);
  const [key, setKey] = useState<PrivateKey>();
  const make = async () => {
    setMaking(true);
    setKey(await newKey(bits));
    setMaking(false);
  };
  return (
    <>
      <div className="c-actions">
        <Select
          aria-label={w.size}
          value={bits}
          onChange={setBits}
          options={[2048, 3072, 4096].map((value) => ({ value, label: w("bits", { bits: value }) }))}
        />
        <Button loading={making} onClick={() => void make()}>
          {w.make}
        </Button>
      </div>
      {key && <Made key={textsOf(key).public} made={key} name={name} />}
      {key && use && (
        <div>
          <Button type="primary" onClick={() => use(publicOf(key))}>
            {useLabel}
          </Button>
        </div>
      )}
    </>
  );
}

/** A key in all the forms that SDKs ask for. */
export function Made({ made, name }: { made: PrivateKey; name: string }) {
  const w = useWords();
  const texts = textsOf(made);
  const files = [
    { label: w.pkcs8, file: `${name}-private.pem`, text: texts.pkcs8_pem },
    { label: w.pkcs1, file: `${name}-private-pkcs1.pem`, text: texts.pkcs1_pem },
    { label: w.bare, file: `${name}-private-pkcs8.txt`, text: texts.pkcs8 },
  ];
  return (
    <div className="c-sheet">
      <Alert type="warning" showIcon title={w.keep} />
      <h3>{w.kept}</h3>
      <ul className="d-files">
        {files.map(({ label, file, text }) => (
          <li key={file}>
            <span>{label}</span>
            <Button onClick={() => download(file, text, "application/x-pem-file")}>{file}</Button>
          </li>
        ))}
      </ul>
      <h3>{w.public}</h3>
      <Fingerprint spki={publicOf(made)} />
      <Code text={texts.public_pem} name={`${name}-public.pem`} />
    </div>
  );
}

export function Fingerprint({ spki }: { spki: Uint8Array<ArrayBuffer> }) {
  const w = useWords();
  const [print, setPrint] = useState("");
  useEffect(() => void fingerprint(spki).then(setPrint), [spki]);
  return (
    <p className="c-quiet">
      {w("bits", { bits: bitsOf(spki) })} · {w("print", { print })}
    </p>
  );
}

/** A private key that somebody pastes, or has in a file; nothing of it is sent anywhere. */
export function PrivateKeyInput({ onKey }: { onKey: (key: PrivateKey | undefined) => void }) {
  const w = useWords();
  return <KeyText label={w.private} read={readPrivate} onRead={onKey} />;
}

export function PublicKeyInput({ onKey }: { onKey: (spki: Uint8Array<ArrayBuffer> | undefined) => void }) {
  const w = useWords();
  return <KeyText label={w.publicText} read={readPublic} onRead={onKey} />;
}

function KeyText<T>({
  label,
  read,
  onRead,
}: {
  label: string;
  read: (text: string) => T;
  onRead: (found: T | undefined) => void;
}) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<NotKey>();
  const change = (next: string) => {
    setText(next);
    setProblem(undefined);
    try {
      onRead(read(next));
    } catch (failed) {
      if (!(failed instanceof NotKey)) throw failed;
      onRead(undefined);
      if (next.trim()) setProblem(failed);
    }
  };
  return (
    <div>
      <Input.TextArea
        className="c-code"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        autoSize={{ minRows: 4, maxRows: 10 }}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      {problem && <Alert type="error" showIcon title={whyNot(problem)} role="alert" />}
    </div>
  );
}

/** Whether a private key belongs to this public one. */
export function Match({ publicKey }: { publicKey?: string }) {
  const w = useWords();
  const [key, setKey] = useState<PrivateKey>();
  const [spki, setSpki] = useState<Uint8Array<ArrayBuffer> | undefined>(() =>
    publicKey ? readPublic(publicKey) : undefined,
  );
  const [fits, setFits] = useState<boolean>();
  useEffect(() => {
    setFits(undefined);
    if (key && spki) void match(key, spki).then(setFits, () => setFits(false));
  }, [key, spki]);
  return (
    <>
      <PrivateKeyInput onKey={setKey} />
      {!publicKey && <PublicKeyInput onKey={setSpki} />}
      <div role="status">
        {fits !== undefined && <Tag color={fits ? "green" : "red"}>{fits ? w.fits : w.fitsNot}</Tag>}
      </div>
    </>
  );
}
