// Language and look, kept in this browser.
import { Radio } from "antd-mobile";
import { defineWords, setLanguage, setTheme, useLanguage, useTheme, type Language, type Theme } from "../../kit";
import { Page } from "../shell/Page";

const useWords = defineWords({
  title: { zh: "设置", en: "Settings" },
  language: { zh: "语言", en: "Language" },
  theme: { zh: "外观", en: "Look" },
  system: { zh: "跟随系统", en: "As the system" },
  light: { zh: "浅色", en: "Light" },
  dark: { zh: "深色", en: "Dark" },
  about: {
    zh: "Kaifang 开放平台是独立的开源软件，兼容支付宝开放平台协议，但不是支付宝。",
    en: "Kaifang is free software of its own. It speaks the protocol of the Alipay Open Platform, and is not Alipay.",
  },
});

const LANGUAGES: [Language, string][] = [
  ["zh", "中文"],
  ["en", "English"],
];
const THEMES: Theme[] = ["system", "light", "dark"];

export default function Settings() {
  const w = useWords();
  const language = useLanguage();
  const { chosen } = useTheme();
  return (
    <Page title={w.title} back="/me">
      <fieldset className="box choices">
        <legend>{w.language}</legend>
        <Radio.Group value={language} onChange={(next) => setLanguage(next as Language)}>
          {LANGUAGES.map(([code, name]) => (
            <Radio key={code} value={code} block>
              {name}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <fieldset className="box choices">
        <legend>{w.theme}</legend>
        <Radio.Group value={chosen} onChange={(next) => setTheme(next as Theme)}>
          {THEMES.map((name) => (
            <Radio key={name} value={name} block>
              {w[name]}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <p className="quiet">{w.about}</p>
    </Page>
  );
}
