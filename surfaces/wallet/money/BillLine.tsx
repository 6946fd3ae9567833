// One bill in a list.
import { moment, yuan } from "../../kit";
import { sides } from "./amount";
import { useKinds, useStates, type Bill, type Kind, type State } from "./bill";

export function BillLine({ bill }: { bill: Bill }) {
  const kinds = useKinds();
  const states = useStates();
  const { out, amount } = sides(bill.change);
  const kind = kinds[bill.kind as Kind] ?? kinds.OTHER;
  return (
    <li>
      <a className="m-bill" href={`#/money/bill/${bill.bill_id}`}>
        <span className="m-bill-what">
          <bdi>{bill.title || bill.with_whom || kind}</bdi>
          <small>
            {kind} · <time dateTime={bill.at.replace(" ", "T")}>{moment(bill.at)}</time>
          </small>
        </span>
        <span className={out || !bill.counted ? "m-bill-amount" : "m-bill-amount in"}>
          {bill.counted ? (out ? "−" : "+") : ""}
          {yuan(amount)}
          {bill.state !== "DONE" && <small>{states[bill.state as State]}</small>}
        </span>
      </a>
    </li>
  );
}
