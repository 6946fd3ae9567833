// The console: sign-in, then the sections that the app one acts as may see, each page below its role.
import { App as Ant, ConfigProvider, theme, type ThemeConfig } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { StyleProvider } from "@ant-design/cssinjs";
import type { ReactNode } from "react";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { useLanguage, useSession, useTheme } from "../../kit";
import { Frame } from "./Frame";
import { SignIn } from "./SignIn";

const COLOURS = {
  light: {
    colorPrimary: "#0b6b55",
    colorBgLayout: "#f3f4f2",
    colorText: "#1b1f1d",
    colorTextBase: "#1b1f1d",
    colorError: "#a3261d",
    colorLink: "#0b6b55",
    colorPrimaryBg: "#e6f0ec",
    colorPrimaryBgHover: "#d7e8e1",
  },
  dark: {
    colorPrimary: "#5cc2a5",
    colorBgBase: "#121514",
    colorBgLayout: "#121514",
    colorBgContainer: "#1c201f",
    colorBgElevated: "#232827",
    colorTextBase: "#eceeed",
    colorError: "#ff9a90",
    colorLink: "#5cc2a5",
    colorPrimaryBg: "#1d2b27",
    colorPrimaryBgHover: "#22352f",
    colorTextLightSolid: "#06231b",
  },
};

function look(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...COLOURS[dark ? "dark" : "light"],
      borderRadius: 8,
      fontFamily: "var(--font)",
      colorTextTertiary: dark ? "#a3aca8" : "#5c6661",
      colorTextDescription: dark ? "#a3aca8" : "#5c6661",
      colorTextPlaceholder: dark ? "#8d9692" : "#6c7671",
    },
    components: {
      Layout: { headerBg: "transparent", siderBg: "transparent" },
      Menu: { itemBg: "transparent", subMenuItemBg: "transparent" },
    },
  };
}

export function Console() {
  return (
    <Look>
      <Router hook={useHashLocation}>{useSession() ? <Frame /> : <SignIn />}</Router>
    </Look>
  );
}

function Look({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const { dark } = useTheme();
  return (
    <StyleProvider layer>
      <ConfigProvider locale={language === "zh" ? zhCN : enUS} theme={look(dark)} button={{ autoInsertSpace: false }}>
        <Ant component={false}>{children}</Ant>
      </ConfigProvider>
    </StyleProvider>
  );
}
