// Language and look.
import { BulbOutlined, TranslationOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { defineWords, setLanguage, setTheme, useLanguage, useTheme, type Theme } from "../../kit";

const useWords = defineWords({
  other: { zh: "English", en: "中文" },
  look: { zh: "外观", en: "Look" },
  system: { zh: "跟随系统", en: "As the system" },
  light: { zh: "浅色", en: "Light" },
  dark: { zh: "深色", en: "Dark" },
});

export function Preferences() {
  const w = useWords();
  const language = useLanguage();
  const { chosen } = useTheme();
  const items = (["system", "light", "dark"] as const).map((key) => ({ key, label: w[key] }));
  return (
    <>
      <Button
        type="text"
        icon={<TranslationOutlined />}
        lang={language === "zh" ? "en" : "zh-CN"}
        onClick={() => setLanguage(language === "zh" ? "en" : "zh")}
      >
        {w.other}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{ items, selectable: true, selectedKeys: [chosen], onClick: ({ key }) => setTheme(key as Theme) }}
      >
        <Button type="text" icon={<BulbOutlined />} aria-label={w.look} title={w.look} />
      </Dropdown>
    </>
  );
}
