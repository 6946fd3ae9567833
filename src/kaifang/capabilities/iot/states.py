"""The states of devices, of whether they are heard of, and of what is sent to them."""

from kaifang.kernel import Machine, final, start, state

from .errors import DELIVERY_STATUS_ERROR, DEVICE_CLONED, DEVICE_REVOKED, MESSAGE_GONE, PLAN_STATUS_ERROR


class Device(Machine):
    """Whether a device is believed: a key in two places ends that, until the device gets a new one."""

    refuses = DEVICE_REVOKED
    refusals = {"CLONED": DEVICE_CLONED}

    ACTIVE = start()
    CLONED = state()
    REVOKED = final()

    clone = ACTIVE >> CLONED
    rekey = (ACTIVE | CLONED) >> ACTIVE
    revoke = (ACTIVE | CLONED) >> REVOKED


class Presence(Machine):
    """Whether a device has been heard of lately."""

    OFFLINE = start()
    ONLINE = state()

    appear = OFFLINE >> ONLINE
    vanish = ONLINE >> OFFLINE


class DeviceMessage(Machine):
    """How far something that a device is to say, show or print has come."""

    refuses = MESSAGE_GONE

    WAITING = start()
    DONE = final()
    EXPIRED = final()

    done = WAITING >> DONE
    expire = WAITING >> EXPIRED


class DeviceDelivery(Machine):
    """Whether what a merchant delivers to its devices is shown there."""

    refuses = DELIVERY_STATUS_ERROR

    PUBLISHING = start()
    ACTIVE = state()
    FAIL = final()
    OFFLINE = final()

    publish = PUBLISHING >> ACTIVE
    fail = PUBLISHING >> FAIL
    stop = (PUBLISHING | ACTIVE) >> OFFLINE
    expire = ACTIVE >> OFFLINE


class MerchantPlan(Machine):
    """Whether a merchant takes part in the showing of something on devices."""

    refuses = PLAN_STATUS_ERROR

    VALID = start()
    CANCELED = final()
    ENDED = final()

    modify = VALID >> VALID
    cancel = VALID >> CANCELED
    expire = VALID >> ENDED
