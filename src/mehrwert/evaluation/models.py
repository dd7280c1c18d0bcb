"""Evaluations of one municipality: plan, estimates, result, answers, decision."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.evaluation.choices import EvaluationState, Moment, PaperState


class Evaluation(models.Model):
    """One row is one question to one solution: does it work here?

    ``plan`` holds the fields of ``rules.Plan``; once ``frozen_us`` is set it is never changed, and
    ``plan_hash`` is the public SHA-256 of its canonical JSON. ``start_month`` and ``due_on`` repeat
    what lists sort by. ``project`` is the undertaking it judges, if
    somebody said so. ``legal_light`` is empty until a named role set it.
    """

    tenant_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    solution = models.CharField(max_length=200)
    plan = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=EvaluationState.DRAFT.value)
    start_month = models.IntegerField(default=0)
    due_on = models.DateField(null=True)
    plan_hash = models.CharField(max_length=64, blank=True)
    frozen_us = models.BigIntegerField(null=True)
    is_before_start = models.BooleanField(default=False)
    project = models.ForeignKey("portfolio.Project", models.SET_NULL, null=True, related_name="+")
    legal_light = models.CharField(max_length=6, blank=True)
    legal_by = models.CharField(max_length=200, blank=True)
    legal_us = models.BigIntegerField(null=True)
    job_id = models.CharField(max_length=32, blank=True)
    is_demo = models.BooleanField(default=False)
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "-created_us"], name="evaluation_tenant"),
            models.Index(fields=["tenant_id", "state", "due_on"], name="evaluation_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """Return how the pool of findings names it."""
        return str(self.pk)


class Estimate(models.Model):
    """One row is one computation; an old one is never changed, a new one stands beside it.

    ``record`` is rounded to 12 significant digits, ``record_hash`` its fingerprint, ``data_hash``
    that of the monthly values used, ``as_of_us`` the state of the data.
    """

    tenant_id = models.BigIntegerField()
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="estimates")
    made_us = models.BigIntegerField()
    as_of_us = models.BigIntegerField()
    method = models.CharField(max_length=20)
    ruleset = models.CharField(max_length=20)
    status = models.CharField(max_length=12)
    evidence_class = models.IntegerField()
    record = models.JSONField()
    record_hash = models.CharField(max_length=64)
    data_hash = models.CharField(max_length=64)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["evaluation", "-made_us"], name="evaluation_estimates")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.record_hash[:8]}"


class Result(models.Model):
    """One row is what was filed about an evaluation; ``deviations`` says what came otherwise."""

    tenant_id = models.BigIntegerField()
    evaluation = models.OneToOneField(Evaluation, models.CASCADE, related_name="result")
    estimate = models.ForeignKey(Estimate, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=16)
    reason = models.TextField(blank=True)
    deviations = models.TextField(blank=True)
    filed_us = models.BigIntegerField()
    filed_by = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    def __str__(self) -> str:
        return self.kind


class Voice(models.Model):
    """One row invites somebody without an account to answer for one role at one moment (EVI-32).

    Only the SHA-256 of the secret in the link is kept. ``label`` says which office was asked, for
    those inside; it never leaves the house. ``by_link`` finds a row before the scope is known.
    """

    tenant_id = models.BigIntegerField()
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="voices")
    role = models.CharField(max_length=12)
    moment = models.CharField(max_length=8)
    label = models.CharField(max_length=80)
    link_hash = models.CharField(max_length=64, unique=True)
    expires_us = models.BigIntegerField()
    answered_us = models.BigIntegerField(null=True)
    ended_us = models.BigIntegerField(null=True)
    made_us = models.BigIntegerField()
    made_by = models.CharField(max_length=200, blank=True)

    objects = TenantManager()
    by_link = models.Manager()  # noqa: DJ012 (the scoped one stays the default)

    def __str__(self) -> str:
        return f"{self.role} {self.moment}"


class Answer(models.Model):
    """One row is what one role said to one question at one moment; roles may disagree.

    ``voice`` is the invitation it came by, None for those with an account.

    ``moment`` is one of ``choices.Moment``. Who typed it stands in ``answered_by`` and is never
    part of what leaves the house (EVI-33). ``counted`` reads codes of all municipalities, only to
    count them (EVI-34).
    """

    tenant_id = models.BigIntegerField()
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=4)
    version = models.CharField(max_length=8)
    role = models.CharField(max_length=12)
    voice = models.ForeignKey(Voice, models.CASCADE, null=True, related_name="answers")
    moment = models.CharField(max_length=8, default=Moment.END.value)
    code = models.CharField(max_length=16, blank=True)
    text = models.TextField(blank=True)
    answered_us = models.BigIntegerField()
    answered_by = models.CharField(max_length=200, blank=True)

    objects = TenantManager()
    counted = models.Manager()  # noqa: DJ012 (the scoped one stays the default)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "question", "role", "moment"],
                condition=models.Q(voice=None),
                name="evaluation_answer_once",
            ),
            models.UniqueConstraint(fields=["voice", "question"], name="evaluation_voice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.role}"


class Decision(models.Model):
    """One row is one decision with everything it rested on.

    ``basis`` is the frozen record: what the table was asked, the proposal, money, harder cases.
    """

    tenant_id = models.BigIntegerField()
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="decisions")
    estimate = models.ForeignKey(Estimate, models.PROTECT, null=True, related_name="+")
    proposal = models.CharField(max_length=24)
    proposal_row = models.IntegerField()
    decision = models.CharField(max_length=24)
    override_reason = models.TextField(blank=True)
    body = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    basis = models.JSONField()
    made_us = models.BigIntegerField()
    made_by = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["evaluation", "-made_us"], name="evaluation_decisions")]

    def __str__(self) -> str:
        return self.decision


class CouncilPaper(models.Model):
    """One row is one council paper of an evaluation.

    ``typed`` is what people added (``council_paper.inputs.PaperInput``); everything else is read
    from the evaluation while it is a draft. Once released, ``document`` is the canonical JSON of
    its tree and is never composed again; ``released_role`` is a role, not a person; ``templates``
    names the house templates it stands on (kind → row).
    """

    tenant_id = models.BigIntegerField()
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="papers")
    state = models.CharField(max_length=10, default=PaperState.DRAFT.value)
    typed = models.JSONField()
    document = models.TextField(blank=True)
    document_hash = models.CharField(max_length=64, blank=True)
    created_us = models.BigIntegerField()
    released_us = models.BigIntegerField(null=True)
    released_role = models.CharField(max_length=60, blank=True)
    templates = models.JSONField(default=dict)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["evaluation", "-created_us"], name="evaluation_papers")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.state}"


class HouseProfile(models.Model):
    """One row is one version of the form in which a house writes its council papers.

    Rows are only added: drafts use the newest version of their form, released papers keep the tree
    they were released with. ``text`` is the YAML as it was typed.
    """

    tenant_id = models.BigIntegerField()
    key = models.SlugField(max_length=60)
    version = models.IntegerField()
    name = models.CharField(max_length=120)
    text = models.TextField()
    made_us = models.BigIntegerField()
    made_by = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "key", "version"], name="evaluation_profile_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class HouseTemplate(models.Model):
    """One row is one ODT or Word file on whose paper a house writes its council papers.

    Rows are only added: drafts take the newest of their kind, released papers keep theirs. A row
    without content says that there is none any more.
    """

    tenant_id = models.BigIntegerField()
    kind = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64, blank=True)
    made_us = models.BigIntegerField()
    made_by = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "kind", "-id"], name="evaluation_house_template")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"
