// What travelled, byte by byte: the request with the text that was signed, the answer with its signature, checked here.
import { Tag } from "antd";
import { useEffect, useState } from "react";
import { defineWords, type Exchanged } from "../../../kit";
import { Code, useAppAsk } from "../../shared";
import { readPublic, verify } from "../keys/rsa";
import { unbase64 } from "../keys/pem";

const useWords = defineWords({
  sent: { zh: "请求", en: "Request" },
  text: { zh: "被签名的文本", en: "The text that was signed" },
  answered: { zh: "回答", en: "Answer" },
  checked: { zh: "平台签名所覆盖的文本", en: "The text that the platform signed" },
  good: { zh: "平台签名已在浏览器里验证通过", en: "The platform's signature was verified in this browser" },
  bad: { zh: "平台签名不符", en: "The platform's signature does not fit" },
  none: { zh: "回答没有签名", en: "The answer bears no signature" },
});

export function Wire({ told }: { told: Exchanged }) {
  const w = useWords();
  const request = [`${told.verb} ${told.place} HTTP/1.1`, ...lines(Object.entries(told.headers)), "", told.body];
  const answer = [`HTTP/1.1 ${told.status}`, ...lines(told.answered), "", told.answer];
  return (
    <div className="d-wire">
      <Code label={w.sent} text={request.join("\n")} />
      <Code label={w.text} text={told.text} />
      <Signature told={told} />
      <Code label={w.answered} text={answer.join("\n")} />
      <Code label={w.checked} text={signedText(told)} />
    </div>
  );
}

const lines = (headers: [string, string][]): string[] => headers.map(([name, value]) => `${name}: ${value}`);

const header = (told: Exchanged, name: string): string => told.answered.find(([one]) => one === name)?.[1] ?? "";

const signedText = (told: Exchanged): string =>
  `${header(told, "alipay-timestamp")}\n${header(told, "alipay-nonce")}\n${told.answer}\n`;

function Signature({ told }: { told: Exchanged }) {
  const w = useWords();
  const platform = useAppAsk("kaifang.openapp.platform.look", {}, { as: "person", keep: 3_600_000 });
  const [good, setGood] = useState<boolean>();
  const signature = header(told, "alipay-signature");
  const key = platform.data?.public_key;
  useEffect(() => {
    setGood(undefined);
    const bytes = unbase64(signature);
    if (!key || !bytes?.length) return;
    const text = new TextEncoder().encode(signedText(told));
    void verify(readPublic(key), text, bytes).then(setGood);
  }, [told, key, signature]);
  if (!signature) return <Tag>{w.none}</Tag>;
  if (good === undefined) return null;
  return (
    <p role="status">
      <Tag color={good ? "green" : "red"}>{good ? w.good : w.bad}</Tag>
    </p>
  );
}
