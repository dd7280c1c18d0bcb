"""The one table: every page of the installation and who may open it.

A page that is not here fails the test; so does a line whose page is gone. Rooms add their lines.
"""

from dataclasses import dataclass

ROLES = ("viewer", "editor", "lead", "treasurer", "desk", "field", "guide", "admin")
EVERY_ROLE = " ".join(ROLES)
EDITORS = "editor lead admin"
VISITORS = ("nobody", "stranger", "operator", *ROLES)


@dataclass(frozen=True)
class Page:
    """What opening a page (GET) answers to each visitor."""

    answers: dict[str, int]

    def answer(self, visitor: str) -> int:
        return self.answers[visitor]


def town(roles: str, status: int = 200) -> Page:
    """A page of one municipality: nobody signs in first, outsiders never learn it exists."""
    allowed = {role: status if role in roles.split() else 403 for role in ROLES}
    return Page({"nobody": 302, "stranger": 404, "operator": 404, **allowed})


def installation(status: int = 200) -> Page:
    """A page of whoever runs the installation."""
    return Page({"nobody": 302, "stranger": 403, "operator": status, **dict.fromkeys(ROLES, 403)})


def anyone(nobody: int = 200, signed_in: int | None = None) -> Page:
    """A page that asks at most for being signed in."""
    others = nobody if signed_in is None else signed_in
    return Page({"nobody": nobody, **dict.fromkeys(VISITORS[1:], others)})


POST_ONLY = 405
MISSING = 404  # let in, but the world has no such object

PAGES: dict[str, Page] = {
    # base
    "base:appearance": anyone(POST_ONLY),
    "base:help": anyone(),
    "base:legal": anyone(),
    "base:system": installation(),
    "base:back_up": installation(POST_ONLY),
    "base:drill": installation(POST_ONLY),
    "base:events": installation(),
    "base:retry_event": installation(POST_ONLY),
    "base:system_jobs": installation(),
    "base:system_job": installation(MISSING),
    "base:cancel_system_job": installation(POST_ONLY),
    "base:system_audit": installation(),
    "base:system_audit_csv": installation(),
    "base:legal_texts": installation(),
    "base:legal_text": installation(),
    "base:legal_version": installation(MISSING),
    "base:take_up_version": installation(POST_ONLY),
    "base:job_list": town(EVERY_ROLE),
    "base:job": town(EVERY_ROLE),
    "base:cancel_job": town(EVERY_ROLE, POST_ONLY),
    "base:audit": town("admin"),
    "base:audit_csv": town("admin"),
    # accounts: own pages
    "accounts:profile": anyone(302, 200),
    "accounts:sessions": anyone(302, 200),
    "accounts:end_other_sessions": anyone(302, POST_ONLY),
    "accounts:end_session": anyone(302, POST_ONLY),
    "accounts:invitation": anyone(404),
    "accounts:first_steps": anyone(404),
    "accounts:people": installation(),
    "accounts:invite": installation(),
    "accounts:change_person": installation(POST_ONLY),
    "accounts:mail": installation(),
    "accounts:test_mail": installation(POST_ONLY),
    # accounts: signing in; what these do is tested in the room
    "account_login": anyone(200, 302),
    "mfa_authenticate": anyone(302),
    "account_logout": anyone(302, 200),
    "account_inactive": anyone(),
    "account_reauthenticate": anyone(302, 200),
    "mfa_reauthenticate": anyone(302),
    "account_change_password": anyone(302, 200),
    "account_set_password": anyone(302),
    "account_reset_password": anyone(),
    "account_reset_password_done": anyone(),
    "account_reset_password_from_key": anyone(),
    "account_reset_password_from_key_done": anyone(),
    "mfa_index": anyone(302, 200),
    "mfa_activate_totp": anyone(302),
    "mfa_deactivate_totp": anyone(302, 404),
    "mfa_view_recovery_codes": anyone(302, 404),
    "mfa_generate_recovery_codes": anyone(302),
    "mfa_download_recovery_codes": anyone(302, 404),
    "openid_connect_login": anyone(404),
    "openid_connect_callback": anyone(404),
    "socialaccount_login_cancelled": anyone(),
    # catalogue: for everybody
    "catalogue:list": anyone(),
    "catalogue:fields": anyone(),
    "catalogue:home": anyone(),
    "catalogue:fitting": anyone(),
    "catalogue:compare": anyone(),
    "catalogue:schema": anyone(),
    "catalogue:solution": anyone(404),
    "catalogue:history": anyone(404),
    "catalogue:version": anyone(404),
    "catalogue:file": anyone(404),
    "catalogue:api_list": anyone(),
    "catalogue:api_one": anyone(404),
    # municipalities: the installation
    "municipalities:landing": Page(
        {"nobody": 200, "stranger": 302, "operator": 200, **dict.fromkeys(ROLES, 302)}
    ),
    "municipalities:towns": installation(),
    "municipalities:find": installation(),
    "municipalities:create": installation(),
    "municipalities:register_boundary": installation(),
    "municipalities:claim": installation(POST_ONLY),
    "municipalities:read_only": installation(POST_ONLY),
    # municipalities: one of them
    "municipalities:home": town(EVERY_ROLE),
    "municipalities:boundary": town(EVERY_ROLE),
    "municipalities:setup": town("admin"),
    "municipalities:town": town("admin"),
    "municipalities:address": town("admin", POST_ONLY),
    "municipalities:rest": town("admin", POST_ONLY),
    "municipalities:people": town("admin"),
    "municipalities:invite": town("admin"),
    "municipalities:person": town("admin"),
    "municipalities:remove_person": town("admin", POST_ONLY),
    "municipalities:restore_person": town("admin", POST_ONLY),
    "municipalities:keys": town("admin"),
    "municipalities:new_key": town("admin"),
    "municipalities:renew_key": town("admin"),
    "municipalities:block_key": town("admin", POST_ONLY),
    "catalogue:care": installation(),
    "catalogue:care_link": installation(POST_ONLY),
    # catalogue: what a municipality writes
    "catalogue_own:link": town(EDITORS, POST_ONLY),
    "catalogue_own:own": town(EVERY_ROLE),
    "catalogue_own:lists": town(EDITORS),
    "catalogue_own:list": town(EDITORS, MISSING),
    "catalogue_own:list_columns": town(EDITORS, MISSING),
    "catalogue_own:list_discard": town(EDITORS, POST_ONLY),
    "catalogue_own:list_store": town(EDITORS, POST_ONLY),
    "catalogue_own:list_undo": town(EDITORS, POST_ONLY),
    "catalogue_own:new": town(EDITORS),
    "catalogue_own:edit": town(EDITORS, MISSING),
    "catalogue_own:publish": town(EDITORS, POST_ONLY),
    "catalogue_own:confirm": town(EDITORS, POST_ONLY),
    "catalogue_own:revert": town(EDITORS, POST_ONLY),
    "catalogue_own:withdraw": town(EDITORS, POST_ONLY),
    "catalogue_own:object": town(EDITORS, MISSING),
    "catalogue_own:claim": town(EDITORS, POST_ONLY),
    # observations
    "observations:thing_list": town(EVERY_ROLE),
    "observations:thing_csv": town(EVERY_ROLE),
    "observations:points": town(EVERY_ROLE),
    "observations:thing": town(EVERY_ROLE),
    "observations:thing_new": town(EDITORS),
    "observations:thing_edit": town(EDITORS),
    "observations:thing_delete": town(EDITORS),
    "observations:datastream": town(EVERY_ROLE),
    "observations:datastream_points": town(EVERY_ROLE),
    "observations:datastream_csv": town(EVERY_ROLE),
    "observations:datastream_svg": town(EVERY_ROLE),
    "observations:datastream_new": town(EDITORS),
    "observations:datastream_edit": town(EDITORS),
    "observations:datastream_delete": town(EDITORS),
    "observations:flag": town(EDITORS),
    "observations:trash": town(EDITORS),
    "observations:restore": town(EDITORS, POST_ONLY),
    "observations:unflag": town(EDITORS, POST_ONLY),
    # alerts
    "alerts:alert_list": town(EVERY_ROLE),
    "alerts:alert_csv": town(EVERY_ROLE),
    "alerts:alert": town(EVERY_ROLE),
    "alerts:cap": town(EVERY_ROLE),
    "alerts:answer": town(f"{EDITORS} field", POST_ONLY),
    "alerts:note": town(f"{EDITORS} field", POST_ONLY),
    "alerts:rule_list": town(EVERY_ROLE),
    "alerts:rule_new": town(EDITORS),
    "alerts:rule": town(EVERY_ROLE),
    "alerts:rule_edit": town(EDITORS),
    "alerts:rule_switch": town(EDITORS, POST_ONLY),
    "alerts:rule_delete": town(EDITORS, POST_ONLY),
    "alerts:task_list": town(EVERY_ROLE),
    "alerts:task": town(EVERY_ROLE),
    "alerts:task_paper": town(EVERY_ROLE),
    "alerts:task_csv": town(EVERY_ROLE),
    "alerts:task_gpx": town(EVERY_ROLE),
    "alerts:stop_tick": town(f"{EDITORS} field", POST_ONLY),
    "alerts:task_close": town(f"{EDITORS} field", POST_ONLY),
    "alerts:plan_new": town(EDITORS),
    "alerts:plan_edit": town(EDITORS),
    "alerts:plan_raise": town(EDITORS, POST_ONLY),
    "alerts:plan_delete": town(EDITORS, POST_ONLY),
    # connectors.mqtt
    "mqtt:new": town(EDITORS),
    "mqtt:schema": town(EVERY_ROLE),
    "mqtt:edit": town(EDITORS),
    "mqtt:values": town(EDITORS),
    "mqtt:file": town(EDITORS),
    "mqtt:pause": town(EDITORS, POST_ONLY),
    "mqtt:end": town(EDITORS),
    # intake
    "intake:device_list": town(EVERY_ROLE),
    "intake:device_csv": town(EVERY_ROLE),
    "intake:device": town(EVERY_ROLE),
    "intake:device_edit": town(EDITORS),
    "intake:device_replay": town(EDITORS, POST_ONLY),
    "intake:message": town(EVERY_ROLE),
    "intake:unknown_list": town(EVERY_ROLE),
    "intake:adopt": town(EDITORS),
    "intake:put_aside": town(EDITORS, POST_ONLY),
    "intake:source_list": town(EDITORS),
    "intake:source_new": town(EDITORS),
    "intake:source": town(EDITORS),
    "intake:source_rotate": town(EDITORS),
    "intake:source_end": town(EDITORS),
    "intake:codec_list": town(EVERY_ROLE),
    "intake:codec_new": town(EDITORS),
    "intake:codec": town(EVERY_ROLE),
    "intake:codec_edit": town(EDITORS),
    "intake:codec_try": town(EDITORS, POST_ONLY),
    "intake:codec_switch": town(EDITORS, POST_ONLY),
    # table_files; the world has no import, so who is let in finds none
    "table_files:start": town(EDITORS),
    "table_files:import": town(EDITORS, MISSING),
    "table_files:columns": town(EDITORS, MISSING),
    "table_files:format": town(EDITORS, POST_ONLY),
    "table_files:clock_change": town(EDITORS, POST_ONLY),
    "table_files:store": town(EDITORS, POST_ONLY),
    "table_files:undo": town(EDITORS, MISSING),
    "table_files:cancel": town(EDITORS, POST_ONLY),
    "table_files:discard": town(EDITORS, POST_ONLY),
    "table_files:problems_csv": town(EDITORS, MISSING),
    # evidence: public; the world has no finding and no plan
    "evidence:list": anyone(),
    "evidence:keys": installation(),
    "evidence:key": installation(MISSING),
    "evidence:pool": anyone(MISSING),
    "evidence:pool_csv": anyone(MISSING),
    "evidence:pool_svg": anyone(MISSING),
    "evidence:register": anyone(),
    "evidence:plan": anyone(MISSING),
    "evidence:plan_json": anyone(MISSING),
    # evaluation; the world has no evaluation
    "evaluation:list": town(EVERY_ROLE),
    "evaluation:new": town(EDITORS),
    "evaluation:evaluation": town(EVERY_ROLE, MISSING),
    "evaluation:plan": town(EDITORS, MISSING),
    "evaluation:discard": town(EDITORS, POST_ONLY),
    "evaluation:freeze": town(EDITORS, POST_ONLY),
    "evaluation:compute": town(EDITORS, POST_ONLY),
    "evaluation:csv": town(EVERY_ROLE, MISSING),
    "evaluation:svg": town(EVERY_ROLE, MISSING),
    "evaluation:result": town(EDITORS, MISSING),
    "evaluation:release": town("lead admin", POST_ONLY),
    "evaluation:withdraw": town("lead admin", MISSING),
    "evaluation:reflection": town(EDITORS, MISSING),
    "evaluation:answers_json": town(EVERY_ROLE, MISSING),
    "evaluation:decide": town("lead admin", MISSING),
    "evaluation:legal": town("", POST_ONLY),
    "evaluation:papers": town(EVERY_ROLE, MISSING),
    "evaluation:paper_begin": town(EDITORS, POST_ONLY),
    "evaluation:paper": town(EVERY_ROLE, MISSING),
    "evaluation:paper_edit": town(EDITORS, MISSING),
    "evaluation:paper_release": town("lead admin", POST_ONLY),
    "evaluation:paper_file": town(EVERY_ROLE, MISSING),
    "evaluation:paper_oparl": town(EVERY_ROLE, MISSING),
    "evaluation:learning_report": town(EVERY_ROLE, MISSING),
    "evaluation:link": town(EDITORS, POST_ONLY),
    # provision; the world has no assessment
    "provision:overview": town(EVERY_ROLE),
    "provision:csv": town(EVERY_ROLE),
    "provision:store": town("lead admin", POST_ONLY),
    "provision:question": town(EDITORS, MISSING),
    "provision:history": town(EVERY_ROLE),
    "provision:assessment": town(EVERY_ROLE, MISSING),
    # portfolio; the world has one project
    "portfolio:list": town(EVERY_ROLE),
    "portfolio:new": town(EDITORS),
    "portfolio:project": town(EVERY_ROLE),
    "portfolio:edit": town(EDITORS),
    "portfolio:plan": town(EDITORS),
    "portfolio:advance": town(EDITORS),
    "portfolio:adoption_list": town(EVERY_ROLE),
    "portfolio:adoptions_csv": town(EVERY_ROLE),
    "portfolio:adoption_declare": town(EDITORS, MISSING),
    "portfolio:adoption_answer": town(EDITORS, POST_ONLY),
    "portfolio:adoption": town(EVERY_ROLE, MISSING),
    "portfolio:adoption_confirm": town(EDITORS, POST_ONLY),
    "portfolio:adoption_end": town(EDITORS, MISSING),
    "portfolio:adoption_item": town(EDITORS, MISSING),
    "portfolio:checklist_csv": town(EVERY_ROLE, MISSING),
    # dcat_ap: open to everybody; the world has no dump
    "dcat_ap:catalogue": anyone(),
    "dcat_ap:assets": anyone(),
    "dcat_ap:dump_file": anyone(MISSING),
    # publiccode; the world has no solution
    "publiccode:export": anyone(MISSING),
    "publiccode_own:draft": town(EDITORS),
    # software_catalog: for programs; the world has no software
    "software_catalog:status": anyone(204),
    "software_catalog:software_list": anyone(),
    "software_catalog:software": anyone(MISSING),
    "software_catalog:software_analysis": anyone(MISSING),
    "software_catalog:software_logs": anyone(MISSING),
    "software_catalog:logs": anyone(),
    "software_catalog:publisher_list": anyone(),
    "software_catalog:publisher": anyone(MISSING),
    "software_catalog:catalogue_list": anyone(),
    "software_catalog:catalogue": anyone(MISSING),
    "software_catalog:catalogue_part": anyone(MISSING),
    "software_catalog:nothing": anyone(MISSING),
    # demo: not there unless the installation is a demo
    "demo:role": anyone(POST_ONLY),
}
