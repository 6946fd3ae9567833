// The same call as a program, in the languages that people write servers in.
import { Tabs } from "antd";
import { useDeferredValue } from "react";
import { defineWords } from "../../../kit";
import { Asked, Code, useAppAsk, useAppIfAny } from "../../shared";

const useWords = defineWords({
  run: {
    zh: "旁边放 private.pem（您的私钥，PKCS#8）和 platform.pem（平台公钥），然后：",
    en: "Beside private.pem (your key, PKCS#8) and platform.pem (the platform's public key), run:",
  },
});

export function Snippets({ method, ask }: { method: string; ask: Record<string, unknown> }) {
  const w = useWords();
  const app_id = useAppIfAny()?.app_id;
  const named = Object.fromEntries(
    Object.entries(ask).map(([name, value]) => [name, value instanceof File ? value.name : value]),
  );
  const text = useDeferredValue(JSON.stringify({ method, ask: named, app_id }));
  const asked = useAppAsk("kaifang.docs.snippet.write", JSON.parse(text), { as: "person", hold: true });
  return (
    <Asked of={asked}>
      {({ snippets }) => (
        <Tabs
          size="small"
          items={snippets.map((one) => ({
            key: one.language,
            label: one.title,
            children: (
              <>
                <Code tall text={one.text} language={one.language} name={one.file} />
                <p className="c-quiet">
                  {w.run} <code className="c-code">{one.run}</code>
                </p>
              </>
            ),
          }))}
        />
      )}
    </Asked>
  );
}
