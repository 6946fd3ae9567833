"""A walk with one key in one or two hands, and what happens to devices and faces together."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.town import DEVICE_KEYS
from tests.visit import Visit

from kaifang.kernel import MINUTE, Caller

from .message import MOST
from .states import Device
from .tables import DeviceRow, HeardRow, LookRow, MessageRow

INSIDE = Caller(role="inside")
SMALL = settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
BEAT = "kaifang.iot.device.heartbeat"


class Shop(Visit):
    """The coffee shop with a face terminal, and the bookshop beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.coffee, self.books = self.app("coffee"), self.app("books")
        self.device = str(self.register("F", sold_to=self.known["coffee"]))
        self.ask(self.coffee, "alipay.merchant.iot.device.bind", biz_tid=self.device, pid=self.known["coffee"])

    def register(self, sn: str, **more: str) -> Any:
        """A device that the helper brings."""
        asked = {"sn": sn, "kind": "FACE", "public_key": DEVICE_KEYS[0], **more}
        return self.ask(self.app("helper"), "kaifang.iot.device.register", **asked).biz_tid

    def helping(self, merchant: str) -> Caller:
        """The helper, acting for a merchant who authorised it."""
        return msgspec.structs.replace(self.app("helper"), merchant=self.known[merchant])

    @property
    def at_the_terminal(self) -> Caller:
        """The terminal as it calls."""
        duty = self.ask(INSIDE, "kaifang.iot.device.duty", device_id=self.device, method=BEAT)
        told = {"app": duty.app, "auth_app": duty.auth_app, "merchant": duty.merchant}
        return Caller(role="device", device=self.device, **told)

    def message(self, counter: int, digest: str, signed: int) -> dict[str, Any]:
        """What the gateway asks when it has verified a message."""
        return {
            "device_id": self.device, "method": BEAT, "counter": counter, "signed": signed, "late": False,
            "digest": digest, "public_key": DEVICE_KEYS[0],
        }  # fmt: skip

    def state(self) -> str:
        """What is thought of the terminal."""
        row = self.platform.read(lambda work: work.find(DeviceRow, id=self.device))
        assert row is not None
        return row.state

    def seen(self, who: str) -> Any:
        """A token for a person's face."""
        self.ask(self.app("wallet", who), "kaifang.iot.face.enrol", face=f"the face of {who}")
        begun = self.ask(self.at_the_terminal, "zoloz.authentication.smilepay.initialize")
        look = {"zim_id": begun.zim_id, "face": f"the face of {who}"}
        return self.ask(self.at_the_terminal, "kaifang.iot.face.capture", **look)


class OneKey(RuleBasedStateMachine):
    """A device that counts, somebody who records what it says, and perhaps a second device with the same key."""

    @initialize()
    def open(self) -> None:
        """Begin with one device."""
        self.shop = Shop()
        self.sent: list[dict[str, Any]] = []  # all that was ever signed, heard or not
        self.heard = Counter[str]()
        self.counters = [0]  # of the device, and of its clone if there is one

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "shop"):
            self.shop.close()

    def sign(self, hand: int) -> dict[str, Any]:
        """The next message of the device or of its clone."""
        self.shop.wait(1)
        self.counters[hand] += 1
        told = self.shop.message(self.counters[hand], f"{hand}/{len(self.sent)}", self.shop.now)
        self.sent.append(told)
        return told

    def hear(self, message: dict[str, Any]) -> str:
        """What becomes of a message."""
        told = self.shop.ask(INSIDE, "kaifang.iot.device.admit", **message)
        if isinstance(told, str):
            return told
        if told.cloned:
            return "cloned"
        self.heard[message["digest"]] += 1
        return "heard"

    @rule(hand=st.integers(0, 1))
    def speak(self, hand: int) -> None:
        """One of those who have the key says something."""
        before = self.shop.state()
        told = self.hear(self.sign(hand % len(self.counters)))
        if len(self.counters) == 1:
            assert told == "heard", "an honest device is always believed"
        elif before == "ACTIVE":
            assert told in ("heard", "cloned")

    @rule()
    def lose(self) -> None:
        """Something that the device says never arrives."""
        self.sign(0)

    @rule(number=st.integers(0, 30))
    def replay(self, number: int) -> None:
        """Somebody repeats what was said, or lets arrive what did not: that ends nothing."""
        if self.sent:
            before = self.shop.state()
            told = self.hear(self.sent[number % len(self.sent)])
            assert len(self.counters) > 1 or told in ("heard", "MESSAGE_REPLAYED")
            assert len(self.counters) > 1 or self.shop.state() == before

    @precondition(lambda self: len(self.sent) > 8)
    @rule()
    def copy(self) -> None:
        """Somebody copies the device's memory."""
        self.counters = [self.counters[0]] * 2

    @rule()
    def both_speak(self) -> None:
        """Two who have the key speak in turn: that is found out at the latest when one has said less than the other."""
        if len(self.counters) == 2 and self.shop.state() == "ACTIVE":
            low, high = sorted((0, 1), key=lambda hand: self.counters[hand])
            self.hear(self.sign(high))
            if self.counters[low] < self.counters[high]:
                self.hear(self.sign(low))
                assert self.shop.state() == "CLONED"

    @invariant()
    def nothing_is_heard_twice(self) -> None:
        """Whatever was said counts once."""
        assert all(count == 1 for count in getattr(self, "heard", {}).values())


TestOneKey = OneKey.TestCase
TestOneKey.settings = SMALL


def test_two_messages_with_one_counter_at_once_prove_the_clone() -> None:
    shop = Shop()
    first, second = (shop.message(1, digest, shop.now) for digest in ("a", "b"))
    told = shop.race(
        (INSIDE, "kaifang.iot.device.admit", first),
        (INSIDE, "kaifang.iot.device.admit", second | {"signed": shop.now + 1}),
    )
    assert [one.cloned for one in told] == [False, True]
    assert shop.state() == Device.CLONED.name
    shop.close()


def test_the_same_message_at_once_counts_once() -> None:
    shop = Shop()
    same = (INSIDE, "kaifang.iot.device.admit", shop.message(1, "a", shop.now))
    told = shop.race(same, same)
    assert told[0].cloned is False and told[1] == "MESSAGE_REPLAYED"
    assert shop.state() == Device.ACTIVE.name
    shop.close()


def test_two_merchants_cannot_bind_one_device_at_once() -> None:
    shop = Shop()
    device = shop.register("G")
    bind = "alipay.merchant.iot.device.bind"
    told = shop.race(
        (shop.helping("coffee"), bind, {"biz_tid": device, "pid": shop.known["coffee"]}),
        (shop.helping("books"), bind, {"biz_tid": device, "pid": shop.known["books"]}),
    )
    assert told[1] == "BIND_FAIL" and not isinstance(told[0], str)
    shop.close()


def test_in_production_only_trusted_suppliers_see_faces() -> None:
    shop = Shop()
    shop.platform.place.sandbox = False
    trust = {"supplier_id": shop.known["helper"], "trusted": True}
    unseen = {"zim_id": "z", "face": "face"}
    assert shop.ask(shop.at_the_terminal, "kaifang.iot.face.capture", **unseen) == "FACE_NOT_TRUSTED"
    shop.ask(Caller(role="operator"), "kaifang.iot.supplier.trust", **trust)
    assert shop.seen("anna").ftoken
    shop.close()


def test_only_so_many_messages_wait_for_a_device() -> None:
    shop = Shop()
    send = {"biz_tid": shop.device, "kind": "PRINT", "content": "茶"}
    told = [shop.ask(shop.coffee, "kaifang.iot.device.message", ref=f"{number}", **send) for number in range(MOST + 1)]
    assert told.pop() == "isv.invalid-parameter" and all(one.state == "WAITING" for one in told)
    again = shop.ask(shop.coffee, "kaifang.iot.device.message", ref="0", **send)
    assert again == told[0], "what waits already is no new message"
    shop.ask(shop.coffee, "kaifang.iot.device.revoke", biz_tid=shop.device)
    assert shop.platform.read(lambda work: work.count(MessageRow, "state = 'WAITING'")) == 0
    shop.close()


def test_with_a_new_key_a_device_counts_from_the_beginning() -> None:
    """And what was signed with the old one is forgotten in its time, not one by one while everybody waits."""
    shop = Shop()
    for counter in (1, 2):
        shop.ask(INSIDE, "kaifang.iot.device.admit", **shop.message(counter, f"{counter}", shop.now))
    shop.ask(shop.coffee, "kaifang.iot.device.rekey", biz_tid=shop.device, public_key=DEVICE_KEYS[1])
    first = shop.message(1, "x", shop.now) | {"public_key": DEVICE_KEYS[1]}
    assert shop.ask(INSIDE, "kaifang.iot.device.admit", **first).cloned is False
    assert shop.ask(INSIDE, "kaifang.iot.device.admit", **first) == "MESSAGE_REPLAYED"
    assert shop.platform.read(lambda work: work.count(HeardRow)) == 3
    shop.close()


def test_a_token_answers_or_pays_and_not_both() -> None:
    shop = Shop()
    token = shop.seen("anna").ftoken
    order = {"out_trade_no": "1", "scene": "security_code", "auth_code": token, "total_amount": "8.00", "subject": "茶"}
    told = shop.race(
        (shop.coffee, "zoloz.authentication.customer.ftoken.query", {"ftoken": token, "biz_type": "2"}),
        (shop.coffee, "alipay.trade.pay", order),
        (shop.coffee, "alipay.trade.pay", order | {"out_trade_no": "2"}),
    )
    assert told[0].uid == shop.known["anna"]
    assert told[1:] == ["ACQ.PAYMENT_AUTH_CODE_INVALID"] * 2
    shop.close()


def test_what_is_over_is_forgotten_page_by_page() -> None:
    shop = Shop()
    shop.ask(INSIDE, "kaifang.iot.device.admit", **shop.message(1, "a", shop.now))
    shop.seen("anna")
    shop.move(60 * 24 * MINUTE)
    assert shop.platform.read(lambda work: (work.count(HeardRow), work.count(LookRow))) == (1, 1)
    shop.move(60 * 24 * MINUTE)
    assert shop.platform.read(lambda work: (work.count(HeardRow), work.count(LookRow))) == (0, 0)
    shop.close()
