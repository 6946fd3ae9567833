// Names and what they are, one below the other; what is not known is left out.

export function Facts({ facts }: { facts: [name: string, value: string | null | undefined][] }) {
  return (
    <dl className="m-facts">
      {facts.map(([name, value], place) =>
        value ? (
          <div key={place}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
