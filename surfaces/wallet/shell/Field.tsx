// A field with its label above.
import type { InputHTMLAttributes } from "react";

export function Field({ label, ...input }: { label: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="h-field">
      {label}
      <input {...input} />
    </label>
  );
}
