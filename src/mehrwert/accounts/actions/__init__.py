"""Everything that changes people, keys, links and mail."""

from mehrwert.accounts.actions.keys import KeyLimits, create_key, revoke_key, rotate_key
from mehrwert.accounts.actions.links import (
    accept_first_admin,
    accept_invitation,
    create_first_admin_link,
    invite_person,
)
from mehrwert.accounts.actions.mail import (
    ready_mail,
    save_mail_settings,
    send_invitation,
    send_mail,
    send_test_mail,
)
from mehrwert.accounts.actions.people import (
    activate_person,
    clear_old_sign_ins,
    create_user,
    deactivate_person,
    end_session,
    end_sessions,
    list_session,
    note_account_event,
    remove_second_factor,
    set_operator,
    update_profile,
)

__all__ = [
    "KeyLimits",
    "accept_first_admin",
    "accept_invitation",
    "activate_person",
    "clear_old_sign_ins",
    "create_first_admin_link",
    "create_key",
    "create_user",
    "deactivate_person",
    "end_session",
    "end_sessions",
    "invite_person",
    "list_session",
    "note_account_event",
    "ready_mail",
    "remove_second_factor",
    "revoke_key",
    "rotate_key",
    "save_mail_settings",
    "send_invitation",
    "send_mail",
    "send_test_mail",
    "set_operator",
    "update_profile",
]
