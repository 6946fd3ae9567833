// One shop: what people read of it, its hours and its codes.
import { defineWords, type Answer } from "../../../kit";
import { Act, ActForm, Asked, Copy, Part, Sheet, Term, useAppAsk } from "../../shared";
import { useNumber } from "../own";
import { FIELDS, ORDER } from "./fields";
import { About } from "./About";
import { QrCode } from "./QrCode";

const useWords = defineWords({
  about: { zh: "门店信息", en: "What people read" },
  codes: { zh: "门店码", en: "Codes at the door" },
  scan: { zh: "顾客扫码进入这家门店。", en: "Whoever scans it comes to this shop." },
  none: { zh: "还没有门店码。", en: "No code yet." },
});
const CHANGE = { zh: "修改", en: "Change" };
const CLOSE = { zh: "关闭门店", en: "Close the shop" };
const CLOSES = { zh: "关闭后不能再开，编号也不能再用。", en: "It cannot be opened again, and its number stays taken." };
const MAKE = { zh: "生成门店码", en: "Make a code" };
const YOU = { zh: "你的登录邮箱或手机号", en: "The address or number you sign in with" };
const CHANGES = ["kaifang.merchant.shop.list", "ant.merchant.expand.shop.query"];

export default function Shop({ shop_id }: { shop_id: string }) {
  const w = useWords();
  const shop = useAppAsk("ant.merchant.expand.shop.query", { shop_id });
  const codes = useAppAsk("kaifang.merchant.shopcode.list", { shop_id });
  return (
    <Sheet
      title={shop.data?.shop_name ?? shop_id}
      lead={shop.data?.store_id}
      extra={shop.data && <Acts shop={shop.data} />}
    >
      <div className="c-columns">
        <Part title={w.about}>
          <Asked of={shop}>{(told) => <About shop={told} />}</Asked>
        </Part>
        <Part title={w.codes} extra={<MakeCode shop_id={shop_id} />}>
          <p className="c-quiet">{w.scan}</p>
          <Asked of={codes} none={(told) => !told.codes.length} empty={w.none}>
            {(told) =>
              told.codes.map((one) => (
                <figure key={one.apply_id} className="m-code">
                  <QrCode text={one.token} label={one.token} />
                  <figcaption>
                    <Term value={one.state} /> <code className="c-number">{one.token}</code> <Copy text={one.token} />
                  </figcaption>
                </figure>
              ))
            }
          </Asked>
        </Part>
      </div>
    </Sheet>
  );
}

function Acts({ shop }: { shop: Answer<"ant.merchant.expand.shop.query"> }) {
  const { shop_id } = shop;
  return (
    <>
      <ActForm
        method="ant.merchant.expand.shop.modify"
        ask={{ shop_id }}
        initial={{ ...shop }}
        label={CHANGE}
        fields={{ ...FIELDS, store_id: { hidden: true }, ip_role_id: { hidden: true } }}
        order={ORDER}
        changes={CHANGES}
      />
      <Act
        method="ant.merchant.expand.shop.close"
        ask={{ shop_id }}
        label={CLOSE}
        sure={CLOSES}
        danger
        changes={CHANGES}
      />
    </>
  );
}

function MakeCode({ shop_id }: { shop_id: string }) {
  const [number, next] = useNumber();
  return (
    <ActForm
      method="alipay.merchant.store.shopcode.create"
      ask={{ shop_id, out_biz_no: number }}
      onDone={next}
      label={MAKE}
      size="small"
      fields={{
        merchant_logon_id: { label: YOU },
        ...Object.fromEntries(ELSEWHERE.map((name) => [name, { hidden: true }])),
      }}
      changes={["kaifang.merchant.shopcode.list"]}
    />
  );
}

const ELSEWHERE = [
  "smid", "shop_no", "shop_name", "category_id", "province_code", "city_code", "district_code", "address",
  "longitude", "latitude", "phone_no", "shop_front_photo", "operator_id", "tokens",
]; // prettier-ignore
