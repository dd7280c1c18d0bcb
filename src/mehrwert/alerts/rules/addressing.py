"""Addresses of messages: mail, mobile phone, webhook, duty roster; one text per address."""

import re

from mehrwert.alerts.choices import Channel

_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_LOOSE = re.compile(r"[\s/()\-.]")
HOME_CODE = "+49"


def channel_of(address: str) -> Channel:
    """Return by which way an address is reached."""
    for channel in (Channel.WEBHOOK, Channel.ROSTER):
        if address.startswith(f"{channel.value}:"):
            return channel
    return Channel.SMS if address.startswith("+") else Channel.MAIL


def number_of(address: str) -> int:
    """Return the id in the address of a webhook or a roster."""
    return int(address.partition(":")[2])


def address_of(channel: Channel, number: int) -> str:
    """Return the address of a webhook or a roster."""
    return f"{channel.value}:{number}"


def phone_number(text: str) -> str | None:
    """Return a phone number as ``+49…``; None if it is none. Numbers with one 0 are German."""
    bare = _LOOSE.sub("", text)
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif bare.startswith("0"):
        bare = HOME_CODE + bare[1:]
    return bare if _PHONE.fullmatch(bare) else None
