from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.errors import ConflictError, DomainError, NotAllowedError, NotFoundError
from matchmaker.letters.models import Letter
from matchmaker.membership.claim_secrets import digest_of, is_signed, secret_of
from matchmaker.membership.claiming import claim_profile, open_claim, refuse_profile
from matchmaker.membership.inviting import Wanted, preview_invitations, send_invitations
from matchmaker.membership.models import Invitation
from matchmaker.membership.rules import Admission
from matchmaker.profiles.actions import import_profile
from matchmaker.profiles.models import ImportRefusal, Offer, Profile, Visibility
from matchmaker.profiles.queries import represents
from tests.factories import NOW, desk, profile_draft
from tests.matchmaker.membership.scenes import Scene

ADDRESS = "Campo@Fugas.example"


def bring(scene: Scene, number: int = 1, **changes: object) -> tuple[Profile, bool]:
    draft = profile_draft(**({"external_id": f"s-{number}", "email": ADDRESS} | changes))
    return import_profile(scene.session, desk=desk(), source="fair", draft=draft, visibility=Visibility.UNCLAIMED)


def send(scene: Scene) -> Sequence[Invitation]:
    wanted = Wanted()
    preview = preview_invitations(scene.session, office=scene.office, acting=scene.secretary, wanted=wanted)
    return send_invitations(
        scene.session, office=scene.office, acting=scene.secretary, wanted=wanted, digest=preview.digest
    )


def secret(scene: Scene) -> str:
    row = scene.session.exec(select(Invitation).order_by(col(Invitation.id))).all()[-1]
    return secret_of(scene.office.signing_key, nonce=row.nonce)


def test_letters_leave_no_faster_than_the_policy_says_over_several_sendings(scene: Scene) -> None:
    policy = replace(scene.office.charter.policy, invitations_per_hour=4, invitations_at_once=3)
    scene.office = replace(scene.office, charter=replace(scene.office.charter, policy=policy))
    for number in range(5):
        bring(scene, number)
    sent = [*send(scene), *send(scene)]
    moments = [NOW + timedelta(minutes=15 * place) for place in range(5)]
    assert [row.send_at for row in sent] == moments
    letters = scene.session.exec(select(Letter).order_by(col(Letter.id))).all()
    assert [letter.not_before for letter in letters] == moments
    assert {letter.kind for letter in letters} == {"invitation_to_claim"}
    assert send(scene) == []


def test_an_owner_is_written_to_once_and_only_while_nobody_has_claimed(scene: Scene) -> None:
    bring(scene, 1)
    bring(scene, 2, email="")
    shown, _ = bring(scene, 3)
    shown.visibility = Visibility.VISIBLE
    scene.session.flush()
    wanted = preview_invitations(scene.session, office=scene.office, acting=scene.secretary, wanted=Wanted())
    assert [found.profile.external_id for found in wanted.addressees] == ["s-1"]
    assert len(send(scene)) == 1
    assert send(scene) == []


def test_a_letter_is_in_the_language_of_the_profile_or_of_its_country(scene: Scene) -> None:
    for number, said in enumerate(("pt", "en", "qu")):
        bring(scene, number, language=said, languages=[])
    curitiba = {"name": "Curitiba", "country": "BR"}
    bring(scene, 9, language="fr", languages=["fr"], place=curitiba)
    assert [row.language for row in send(scene)] == ["pt", "en", "es", "pt"]


def test_only_the_secretariat_invites_and_only_what_it_saw(scene: Scene) -> None:
    bring(scene)
    with pytest.raises(NotAllowedError):
        preview_invitations(scene.session, office=scene.office, acting=scene.applicant, wanted=Wanted())
    seen = preview_invitations(scene.session, office=scene.office, acting=scene.secretary, wanted=Wanted())
    bring(scene, 2)
    with pytest.raises(ConflictError) as refused:
        send_invitations(
            scene.session, office=scene.office, acting=scene.secretary, wanted=Wanted(), digest=seen.digest
        )
    assert refused.value.code == "preview_changed"
    assert scene.session.exec(select(Letter)).all() == []


@pytest.mark.parametrize(("policy", "visibility"), [(Admission.OPEN, "visible"), (Admission.REVIEWED, "hidden")])
def test_a_claim_makes_an_account_that_speaks_for_the_profile(scene: Scene, policy: Admission, visibility: str) -> None:
    scene.office = replace(scene.office, admission=policy)
    profile, _ = bring(scene)
    send(scene)
    made = claim_profile(scene.session, office=scene.office, desk=desk(), secret=secret(scene), name="Ana", draft=None)
    account = scene.session.exec(select(Account).where(Account.email == ADDRESS.lower())).one()
    assert represents(scene.session, acting=Acting(account_id=account.id), profile_id=profile.id or 0)
    assert (account.name, account.role, profile.visibility) == ("Ana", "supplier", visibility)
    assert (made.application is not None) == (policy is Admission.REVIEWED)


def test_one_address_has_one_account_however_many_profiles_it_claims(scene: Scene) -> None:
    for number in (1, 2):
        bring(scene, number)
        send(scene)
        claim_profile(scene.session, office=scene.office, desk=desk(), secret=secret(scene), name="Ana", draft=None)
    assert len(scene.session.exec(select(Account).where(Account.email == ADDRESS.lower())).all()) == 1


def test_a_correction_survives_the_next_import(scene: Scene) -> None:
    bring(scene)
    send(scene)
    draft = profile_draft(name="El nombre bueno")
    made = claim_profile(scene.session, office=scene.office, desk=desk(), secret=secret(scene), name="Ana", draft=draft)
    with pytest.raises(ConflictError) as refused:
        bring(scene, summary="Otra vez del archivo")
    assert (refused.value.code, made.profile.name) == ("owned_by_its_author", "El nombre bueno")


def test_a_refusal_erases_and_survives_the_next_import(scene: Scene) -> None:
    profile, _ = bring(scene)
    (invitation,) = send(scene)
    refuse_profile(scene.session, office=scene.office, secret=secret(scene))
    assert (profile.name, profile.email, profile.external_id, profile.visibility) == ("", "", None, "hidden")
    assert scene.session.exec(select(Offer).where(Offer.profile_id == profile.id)).all() == []
    assert (scene.session.exec(select(Letter)).all(), invitation.address) == ([], "")
    for summary in (profile_draft().summary, "Palabras nuevas"):
        with pytest.raises(ConflictError) as refused:
            bring(scene, summary=summary)
        assert refused.value.code == "refused_by_owner"
    assert "s-1" not in scene.session.exec(select(ImportRefusal)).one().digest
    assert bring(scene, 2)[1] is True


def test_a_secret_works_once_in_time_and_unforged(scene: Scene) -> None:
    bring(scene)
    (invitation,) = send(scene)
    good = secret(scene)
    late = replace(scene.office, now=invitation.expires_at)
    for office, tried in (
        (scene.office, good[:-1]),
        (scene.office, secret_of("other", nonce=invitation.nonce)),
        (scene.office, secret_of(scene.office.signing_key, nonce="unknown")),
        (late, good),
    ):
        with pytest.raises(NotFoundError) as refused:
            open_claim(scene.session, office=office, secret=tried)
        assert refused.value.code == "claim_not_valid"
    assert open_claim(scene.session, office=scene.office, secret=good)[0] is invitation
    refuse_profile(scene.session, office=scene.office, secret=good)
    scene.session.get_one(Profile, invitation.profile_id).visibility = Visibility.UNCLAIMED
    scene.session.flush()
    with pytest.raises(NotFoundError):
        claim_profile(scene.session, office=scene.office, desk=desk(), secret=good, name="Ana", draft=None)


def test_a_profile_that_was_held_back_is_not_claimed_back(scene: Scene) -> None:
    profile, _ = bring(scene)
    send(scene)
    profile.visibility = Visibility.HIDDEN
    scene.session.flush()
    with pytest.raises(NotFoundError):
        open_claim(scene.session, office=scene.office, secret=secret(scene))


def test_a_closed_account_claims_nothing(scene: Scene) -> None:
    bring(scene)
    send(scene)
    scene.session.add(Account(name="Ana", role="supplier", email=ADDRESS.lower(), created_at=NOW, ended_at=NOW))
    scene.session.flush()
    with pytest.raises(DomainError) as refused:
        claim_profile(scene.session, office=scene.office, desk=desk(), secret=secret(scene), name="Ana", draft=None)
    assert refused.value.code == "account_ended"


def test_the_database_keeps_a_digest_and_not_the_secret(scene: Scene) -> None:
    bring(scene)
    (invitation,) = send(scene)
    good = secret(scene)
    assert is_signed(scene.office.signing_key, good)
    assert invitation.digest == digest_of(good)
    assert good not in {invitation.digest, invitation.nonce}
