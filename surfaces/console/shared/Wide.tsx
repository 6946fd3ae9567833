// A table that may be wider than its place: it is moved sideways by touch, wheel or keyboard.
import type { ReactNode } from "react";

export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="c-scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
