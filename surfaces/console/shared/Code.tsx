// Text of machines: keys, requests, snippets; to copy, and to keep as a file where it has a name.
import { CopyOutlined, DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { defineWords, download } from "../../kit";

const useWords = defineWords({
  copy: { zh: "复制", en: "Copy" },
  copied: { zh: "已复制", en: "Copied" },
  notCopied: { zh: "浏览器不允许复制，请手动选择", en: "The browser does not allow it; select the text yourself" },
  save: { zh: "下载 {name}", en: "Download {name}" },
});

interface Props {
  text: string;
  language?: string;
  name?: string; // of the file
  label?: string; // what it is, for those who do not see it
  tall?: boolean;
}

export function Code({ text, language, name, label, tall }: Props) {
  const w = useWords();
  return (
    <figure className={tall ? "c-codebox c-tall" : "c-codebox"}>
      <div className="c-codetools">
        {label && <figcaption>{label}</figcaption>}
        <Copy text={text} />
        {name && (
          <Button
            size="small"
            icon={<DownloadOutlined />}
            onClick={() => download(name, text, "text/plain;charset=utf-8")}
          >
            {w("save", { name })}
          </Button>
        )}
      </div>
      <pre tabIndex={0} className="c-code" data-language={language}>
        {text}
      </pre>
    </figure>
  );
}

export function Copy({ text }: { text: string }) {
  const w = useWords();
  const { message } = App.useApp();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => message.success(w.copied),
      () => message.warning(w.notCopied),
    );
  return (
    <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>
      {w.copy}
    </Button>
  );
}
