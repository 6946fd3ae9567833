// Going from page to page: hash routes, written without the hash.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { navigate } from "wouter/use-hash-location";

/** A link to another page: `<Go to="merchant/orders/1">`. */
export function Go({ to, children, className }: { to: string; children: ReactNode; className?: string }) {
  return (
    <Link href={`/${to}`} className={className}>
      {children}
    </Link>
  );
}

export const useGo = () => (to: string) => navigate(`/${to}`);
