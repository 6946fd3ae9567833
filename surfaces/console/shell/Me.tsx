// The person: where they are signed in, and signing out.
import { LogoutOutlined, MobileOutlined, UserOutlined } from "@ant-design/icons";
import { App, Button, Drawer, Dropdown } from "antd";
import { useState } from "react";
import { call, defineWords, moment, signOut, useAct, useAsk, useSession } from "../../kit";
import { Asked } from "../shared/Sheet";

const useWords = defineWords({
  me: { zh: "我的账号", en: "My account" },
  devices: { zh: "已登录的设备", en: "Where I am signed in" },
  here: { zh: "本设备", en: "this device" },
  since: { zh: "{since} 登录", en: "since {since}" },
  close: { zh: "让它退出", en: "Sign it out" },
  everywhere: { zh: "在所有设备上退出", en: "Sign out everywhere" },
  out: { zh: "退出登录", en: "Sign out" },
  sure: { zh: "包括这一台。之后需要重新登录。", en: "This device, too. You will have to sign in again." },
  back: { zh: "取消", en: "Cancel" },
});

export function Me() {
  const w = useWords();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const items = [
    { key: "devices", icon: <MobileOutlined />, label: w.devices },
    { key: "out", icon: <LogoutOutlined />, label: w.out },
  ];
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{ items, onClick: ({ key }) => (key === "out" ? void signOut() : setOpen(true)) }}
      >
        <Button type="text" icon={<UserOutlined />} aria-label={`${w.me}: ${session?.name}`}>
          <span className="c-me">{session?.name}</span>
        </Button>
      </Dropdown>
      <Drawer open={open} onClose={() => setOpen(false)} title={w.devices} size={420} destroyOnHidden>
        <Devices />
      </Drawer>
    </>
  );
}

interface Device {
  session_id: string;
  device: string;
  since: string;
  here: "Y" | "N";
}

function Devices() {
  const w = useWords();
  const { modal } = App.useApp();
  const asked = useAsk("kaifang.wallet.session.list", {});
  const closing = useAct("kaifang.wallet.session.close", { changes: ["kaifang.wallet.session.list"] });
  const everywhere = async () => {
    await call("kaifang.wallet.session.close", {});
    await signOut();
  };
  const ask_first = () =>
    modal.confirm({
      title: w.everywhere,
      content: w.sure,
      okText: w.everywhere,
      cancelText: w.back,
      okButtonProps: { danger: true },
      onOk: everywhere,
    });
  return (
    <Asked of={asked}>
      {({ sessions }: { sessions: Device[] }) => (
        <>
          <ul className="c-devices">
            {sessions.map((one) => (
              <li key={one.session_id}>
                <div>
                  <strong>{one.device}</strong> {one.here === "Y" && <em>{w.here}</em>}
                  <div className="c-quiet">{w("since", { since: moment(one.since) })}</div>
                </div>
                {one.here === "N" && (
                  <Button
                    size="small"
                    loading={closing.acting}
                    onClick={() => void closing.act({ session_id: one.session_id })}
                  >
                    {w.close}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <Button danger block onClick={ask_first}>
            {w.everywhere}
          </Button>
        </>
      )}
    </Asked>
  );
}
