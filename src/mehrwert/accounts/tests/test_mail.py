"""How mail goes out: settings on a page, an honest test button, a real SMTP server."""

import socketserver
import threading

import pytest
from django.core.mail import EmailMessage

from mehrwert.accounts.actions import save_mail_settings, send_invitation, send_test_mail
from mehrwert.accounts.errors import MailFailedError, MailHostNotAllowedError, MailNotSetUpError
from mehrwert.accounts.mail import (
    OWN_BACKEND,
    MailSettings,
    is_mail_ready,
    read_mail_settings,
    sender_address,
)
from mehrwert.base.actor import SYSTEM
from mehrwert.base.models import AuditRow, InstallationSetting

pytestmark = pytest.mark.django_db
SECRET = "geheimes Mailpasswort"


class Postbox(socketserver.StreamRequestHandler):
    """The few words of SMTP that sending one mail needs."""

    def handle(self):
        self._say("220 postfach")
        lines, in_body = [], False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if in_body:
                in_body = line != "."
                lines.append(line)
                if not in_body:
                    self.server.mails.append("\n".join(lines))
                    self._say("250 ok")
            elif line.upper().startswith("EHLO"):
                self._say("250-postfach\r\n250 8BITMIME")
            elif line.upper() == "DATA":
                in_body = True
                self._say("354 weiter")
            elif line.upper() == "QUIT":
                self._say("221 ende")
                return
            else:
                self._say(self.server.refusal or "250 ok")

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def postbox(settings):
    settings.EMAIL_BACKEND = OWN_BACKEND
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postbox) as server:
        server.daemon_threads = True
        server.mails, server.refusal = [], ""
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def allowed(settings, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))


def chosen(server, **given):
    base = {"host": "127.0.0.1", "port": server.server_address[1], "security": "none"}
    return MailSettings(**{**base, "sender": "mehrwert@auental.example", **given})


def test_a_test_mail_goes_through_the_server_that_was_set(postbox, allowed, operator):
    save_mail_settings(chosen(postbox), password=None, actor=SYSTEM)
    send_test_mail(operator)
    [text] = postbox.mails
    assert "From: mehrwert@auental.example" in text
    assert "To: olga@auental.example" in text
    assert sender_address() == "mehrwert@auental.example"


def test_a_refusal_of_the_server_is_said_with_its_words(postbox, allowed, operator):
    save_mail_settings(chosen(postbox), password=None, actor=SYSTEM)
    postbox.refusal = "550 Absender unbekannt"
    with pytest.raises(MailFailedError) as caught:
        send_test_mail(operator)
    assert "Absender unbekannt" in caught.value.data["reason"]


def test_a_server_that_is_not_there_is_said(postbox, allowed, operator):
    save_mail_settings(chosen(postbox, port=1), password=None, actor=SYSTEM)
    with pytest.raises(MailFailedError):
        send_test_mail(operator)


def test_a_host_that_is_not_allowed_is_refused_when_saving_and_when_sending(
    postbox, operator, settings, monkeypatch
):
    with pytest.raises(MailHostNotAllowedError):
        save_mail_settings(chosen(postbox), password=None, actor=SYSTEM)
    assert not InstallationSetting.objects.exists()
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    save_mail_settings(chosen(postbox), password=None, actor=SYSTEM)
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ())
    with pytest.raises(MailHostNotAllowedError):
        send_test_mail(operator)


def test_before_it_is_set_up_nothing_is_sent_and_everybody_says_so(settings, operator):
    settings.EMAIL_BACKEND = OWN_BACKEND
    assert not is_mail_ready()
    assert send_invitation(operator, "http://x/") is False
    with pytest.raises(MailNotSetUpError):
        EmailMessage("a", "b", "c@d.example", ["e@f.example"]).send()


def test_the_password_is_sealed_kept_and_never_audited(postbox, allowed):
    save_mail_settings(chosen(postbox), password=SECRET, actor=SYSTEM)
    sealed = read_mail_settings().sealed_password
    save_mail_settings(chosen(postbox, username="neu"), password=None, actor=SYSTEM)
    assert read_mail_settings().sealed_password == sealed
    stored = repr([list(InstallationSetting.objects.values()), list(AuditRow.objects.values())])
    assert SECRET not in stored
    assert sealed not in repr(list(AuditRow.objects.values()))
    save_mail_settings(chosen(postbox), password="", actor=SYSTEM)
    assert read_mail_settings().sealed_password == ""


def test_the_page_saves_tests_and_tells(postbox, allowed, client, operator):
    client.force_login(operator)
    data = {
        "host": "127.0.0.1",
        "port": postbox.server_address[1],
        "security": "none",
        "username": "",
        "password": "",
        "sender": "mehrwert@auental.example",
    }
    saved = client.post("/betrieb/mail/", data, follow=True)
    assert "Schicken Sie sich jetzt eine Probemail" in saved.content.decode()
    tested = client.post("/betrieb/mail/probe/", follow=True)
    assert "Die Probemail ging an olga@auental.example hinaus" in tested.content.decode()
    assert len(postbox.mails) == 1
    postbox.refusal = "554 heute nicht"
    failed = client.post("/betrieb/mail/probe/", follow=True)
    assert "heute nicht" in failed.content.decode()


def test_the_page_names_the_option_for_a_host_that_is_not_allowed(client, operator):
    client.force_login(operator)
    data = {"host": "mail.fremd.example", "port": 587, "security": "tls", "sender": "a@b.example"}
    page = client.post("/betrieb/mail/", data)
    assert page.status_code == 422
    assert "MEHRWERT_OUTGOING_HOSTS" in page.content.decode()
