// A page of this folder: its looks hold inside, and change no other page.
import type { ComponentProps } from "react";
import { Page } from "../shell/Page";
import "./cards.css";

export function CardsPage({ children, ...page }: ComponentProps<typeof Page>) {
  return (
    <Page {...page}>
      <div className="cards">{children}</div>
    </Page>
  );
}
