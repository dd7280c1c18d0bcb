"""Everything that changes something in the room."""

from .bindings import (
    create_bound_source,
    note_source,
    pause_source,
    rename_waiting,
    set_binding,
    told_error,
)
from .codecs import ensure_library_codec, reactivate_codec, save_codec, stop_codec
from .decoding import decode_messages, decode_waiting
from .devices import (
    NETWORK,
    Adoption,
    adopt_device,
    decode_of_device,
    ignore_device,
    rename_device,
    set_clock,
)
from .replay import replay_codec, replay_device
from .sources import (
    areceive,
    clear_old_messages,
    create_source,
    end_source,
    receive,
    rename_source,
    rotate_source,
    send_sample,
)

__all__ = [
    "NETWORK",
    "Adoption",
    "adopt_device",
    "areceive",
    "clear_old_messages",
    "create_bound_source",
    "create_source",
    "decode_messages",
    "decode_of_device",
    "decode_waiting",
    "end_source",
    "ensure_library_codec",
    "ignore_device",
    "note_source",
    "pause_source",
    "reactivate_codec",
    "receive",
    "rename_device",
    "rename_source",
    "rename_waiting",
    "replay_codec",
    "replay_device",
    "rotate_source",
    "save_codec",
    "send_sample",
    "set_binding",
    "set_clock",
    "stop_codec",
    "told_error",
]
