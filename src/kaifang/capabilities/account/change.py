"""Changing one's passwords."""

from kaifang.kernel import Key, Shape, Who, Work, method

from .find import signed_in, the_party
from .password import (
    Checked,
    PayPassword,
    SignInPassword,
    pay_lock,
    set_pay_password,
    set_signin_password,
    signin_lock,
    try_password,
)
from .session import end_sessions


class ChangePay(Shape):
    pay_password: Key  # the one that holds, as it was typed
    new_pay_password: PayPassword  # six digits


class ChangeSignIn(Shape):
    password: Key  # the one that holds, as it was typed; the payment password if they have none to sign in with
    new_password: SignInPassword  # 6 to 64 characters


@method("kaifang.wallet.paypassword.change", who=Who.WALLET)
def change_pay_password(work: Work, ask: ChangePay) -> Checked:
    """Change your payment password; a wrong old one counts as at the cashier.

    If it is what you sign in with, your sessions on other devices end.
    """
    party = the_party(work, signed_in(work))
    checked = try_password(work, pay_lock(party.id), ask.pay_password, party.pay_secret)
    if checked.right:
        set_pay_password(work, party, ask.new_pay_password)
        if not party.signin_secret:
            end_sessions(work, party.id, but=work.caller.session)
    return checked


@method("kaifang.wallet.password.change", who=Who.WALLET)
def change_signin_password(work: Work, ask: ChangeSignIn) -> Checked:
    """Change your sign-in password, and end your sessions on other devices; a wrong old one counts as at sign-in."""
    party = the_party(work, signed_in(work))
    secret = party.signin_secret or party.pay_secret
    checked = try_password(work, signin_lock(party.logon_id), ask.password, secret)
    if checked.right:
        set_signin_password(work, party, ask.new_password)
        end_sessions(work, party.id, but=work.caller.session)
    return checked
