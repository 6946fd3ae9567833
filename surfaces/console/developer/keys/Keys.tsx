// Tools for keys: make, convert, match, ask for a certificate; and what the platform is verified with.
import { Button, Input, Tabs } from "antd";
import { useState } from "react";
import { defineWords } from "../../../kit";
import { Code, Part, Sheet } from "../../shared";
import { Platform } from "../apps/Certificates";
import { Made, Match, NewKey, PrivateKeyInput } from "./parts";
import { signingRequest } from "./request";
import type { PrivateKey } from "./rsa";

const useWords = defineWords({
  title: { zh: "密钥工具", en: "Key tools" },
  lead: {
    zh: "全部在浏览器里完成，私钥不会离开这台设备。",
    en: "All of it happens in the browser: private keys never leave this device.",
  },
  make: { zh: "生成", en: "Make" },
  convert: { zh: "转换格式", en: "Convert" },
  match: { zh: "匹配", en: "Match" },
  request: { zh: "证书请求", en: "Signing request" },
  platform: { zh: "平台公钥与证书", en: "The platform's" },
  subject: { zh: "写进请求的名称", en: "Name in the request" },
  sign: { zh: "生成 CSR", en: "Make the CSR" },
});

export default function Keys() {
  const w = useWords();
  return (
    <Sheet title={w.title} lead={w.lead}>
      <Part>
        <Tabs
          items={[
            {
              key: "make",
              label: w.make,
              children: (
                <div className="c-sheet">
                  <NewKey name="app" />
                </div>
              ),
            },
            { key: "convert", label: w.convert, children: <Convert /> },
            {
              key: "match",
              label: w.match,
              children: (
                <div className="c-sheet">
                  <Match />
                </div>
              ),
            },
            { key: "request", label: w.request, children: <Request /> },
            { key: "platform", label: w.platform, children: <Platform /> },
          ]}
        />
      </Part>
    </Sheet>
  );
}

function Convert() {
  const [key, setKey] = useState<PrivateKey>();
  return (
    <div className="c-sheet">
      <PrivateKeyInput onKey={setKey} />
      {key && <Made made={key} name="app" />}
    </div>
  );
}

function Request() {
  const w = useWords();
  const [key, setKey] = useState<PrivateKey>();
  const [name, setName] = useState("");
  const [csr, setCsr] = useState<string>();
  return (
    <div className="c-sheet">
      <PrivateKeyInput onKey={setKey} />
      <Input
        aria-label={w.subject}
        placeholder={w.subject}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div>
        <Button
          type="primary"
          disabled={!key || !name}
          onClick={() => void signingRequest(key!, { C: "CN", CN: name }).then(setCsr)}
        >
          {w.sign}
        </Button>
      </div>
      {csr && <Code text={csr} name={`${name}.csr`} />}
    </div>
  );
}
