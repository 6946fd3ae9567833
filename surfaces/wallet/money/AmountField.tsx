// Where an amount is typed, large, with its sign.
import { useId } from "react";

interface Props {
  label: string;
  value: string;
  onChange(typed: string): void;
  hint?: string;
  fixed?: boolean; // it was said by whoever asks for it
}

export function AmountField({ label, value, onChange, hint, fixed }: Props) {
  const hintId = useId();
  return (
    <label className="m-amount-field">
      {label}
      <span>
        <b aria-hidden>¥</b>
        <input
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          placeholder="0.00"
          value={value}
          readOnly={fixed}
          aria-describedby={hint ? hintId : undefined}
          onChange={(event) => /^\d*\.?\d{0,2}$/.test(event.target.value) && onChange(event.target.value)}
        />
      </span>
      {hint && <small id={hintId}>{hint}</small>}
    </label>
  );
}
