// The fields of a card's form, by names that people read, and how each is written.
import { languageNow } from "../../kit";

const NAMES: Record<string, { zh: string; en: string; type?: string; hint?: string }> = {
  NAME: { zh: "姓名", en: "Name" },
  MOBILE: { zh: "手机号", en: "Mobile number", type: "tel" },
  GENDER: { zh: "性别", en: "Gender" },
  BIRTHDAY: { zh: "生日", en: "Birthday", type: "date" },
  BIRTHDAY_WITHOUT_YEAR: { zh: "生日（月日）", en: "Birthday (month and day)", hint: "1231" },
  IDCARD: { zh: "身份证号", en: "Identity number" },
  CERT_TYPE: { zh: "证件类型", en: "Kind of document" },
  CERT_NO: { zh: "证件号码", en: "Number of document" },
  EMAIL: { zh: "邮箱", en: "Email", type: "email" },
  CITY: { zh: "所在城市", en: "City" },
  ADDRESS: { zh: "地址", en: "Address" },
  IS_STUDENT: { zh: "是否学生", en: "Student" },
  MEMBER_GRADE: { zh: "平台会员等级", en: "Grade on this platform" },
};
const GENDERS = [
  { value: "F", zh: "女", en: "female" },
  { value: "M", zh: "男", en: "male" },
];

const short = (name: string) => name.replace(/^OPEN_FORM_FIELD_/, "");

export function nameOfField(name: string): string {
  return NAMES[short(name)]?.[languageNow()] ?? short(name);
}

export function typeOfField(name: string): { type: string; hint?: string } {
  const known = NAMES[short(name)];
  return { type: known?.type ?? "text", hint: known?.hint };
}

/** What can be chosen, where a field is no free text. */
export function choicesOf(name: string): { value: string; text: string }[] | undefined {
  if (short(name) !== "GENDER") return undefined;
  return GENDERS.map((one) => ({ value: one.value, text: one[languageNow()] }));
}

/** What the platform says of itself: nobody writes it. */
export const isWritten = (name: string) => !["IS_STUDENT", "MEMBER_GRADE"].includes(short(name));
