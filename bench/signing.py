"""What one RSA2 signature costs in a batch of one to eight: one by one, and eight at a time where the machine can."""

import argparse
import statistics
import sys
import time

from bench.limit import MESSAGE
from kaifang.gateway.eightfold import LANES, EightfoldSigner, crypto_mb
from kaifang.gateway.keys import new_private_key
from kaifang.gateway.signing import RsaSigner, Signer

BATCHES = 10  # in a row, before the other signer has its turn


class Together(EightfoldSigner):
    """Signs even a single message in all the lanes, to show from how many on that pays."""

    __slots__ = ()
    sign_many = EightfoldSigner._together


def cost_us(signer: Signer, messages: list[bytes]) -> float:
    """CPU of one signature in such a batch, in microseconds."""
    before = time.thread_time()
    for _ in range(BATCHES):
        signer.sign_many(messages)
    return 1e6 * (time.thread_time() - before) / BATCHES / len(messages)


def main() -> None:
    """Print a line for each size of batch: medians of the rounds, and the median of the ratios within a round."""
    parser = argparse.ArgumentParser(prog="python -m bench.signing", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--quick", action="store_true", help="five rounds")
    ask = parser.parse_args()
    rounds = 5 if ask.quick else ask.rounds
    try:
        crypto_mb()
    except (ImportError, OSError) as lack:
        sys.exit(f"This machine signs one by one: {lack}")
    key = new_private_key()
    signers = RsaSigner(key), Together(key)
    print(f"CPU of one signature (RSA2048-SHA256, checked, base64) in microseconds; {rounds} rounds in turn")
    print("batch   one by one   eight at a time   ratio")
    found: dict[int, list[tuple[float, ...]]] = {count: [] for count in range(1, LANES + 1)}
    for _ in range(rounds):
        for count, costs in found.items():
            costs.append(tuple(cost_us(signer, [MESSAGE] * count) for signer in signers))
    for count, costs in found.items():
        plain, together = (statistics.median(column) for column in zip(*costs, strict=True))
        ratio = statistics.median(plain / together for plain, together in costs)
        print(f"{count:5}   {plain:10.0f}   {together:15.0f}   {ratio:5.2f}")


if __name__ == "__main__":
    main()
