// A page of this folder: red and gold hold inside, and change no other page.
import type { ComponentProps } from "react";
import "../cards/cards.css";
import { Page } from "../shell/Page";
import "./wufu.css";

export function WufuPage({ children, className = "", ...page }: ComponentProps<typeof Page> & { className?: string }) {
  return (
    <Page {...page}>
      <div className={`cards wufu ${className}`}>{children}</div>
    </Page>
  );
}
