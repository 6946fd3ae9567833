// What forms say.
import { defineWords } from "../../../kit";

export const useFormWords = defineWords({
  send: { zh: "提交", en: "Submit" },
  done: { zh: "已完成", en: "Done" },
  more: { zh: "更多选填项（{count}）", en: "More fields, optional ({count})" },
  fewer: { zh: "收起选填项", en: "Fewer fields" },
  add: { zh: "添加", en: "Add" },
  remove: { zh: "移除", en: "Remove" },
  missing: { zh: "请填写", en: "Please fill this in" },
  notJson: { zh: "不是合法的 JSON", en: "This is not JSON" },
  pattern: { zh: "格式不符：{pattern}", en: "Not of the form {pattern}" },
  amount: { zh: "金额最多两位小数，例如 88.88", en: "An amount with at most two decimals, such as 88.88" },
  longest: { zh: "最多 {count} 个字符", en: "At most {count} characters" },
  shortest: { zh: "至少 {count} 个字符", en: "At least {count} characters" },
  several: { zh: "输入后回车，可填多个", en: "Enter after each; there may be several" },
  file: { zh: "选择文件", en: "Choose a file" },
});
