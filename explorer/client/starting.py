"""The draft that an operation starts with: as little as the server accepts, so that Send works at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from explorer.client.body_kinds import kind_of, kind_of_body
from explorer.client.draft import Auth, AuthKind, BodyKind, RequestDraft, Value
from explorer.client.forms import plain_text, starting_fields, with_missing_fields
from explorer.openapi.examples import example_body_text, example_value
from explorer.openapi.operations import Body, Catalogue, Operation, Parameter, SchemeKind, SecurityScheme

_AUTH_KINDS = {
    SchemeKind.BEARER: AuthKind.BEARER,
    SchemeKind.BASIC: AuthKind.BASIC,
    SchemeKind.API_KEY: AuthKind.API_KEY,
    SchemeKind.OAUTH2_PASSWORD: AuthKind.OAUTH2_PASSWORD,
}


def starting_draft(
    operation: Operation, document: Mapping[str, Any], *, body: Body | None = None, auth: Auth | None = None
) -> RequestDraft:
    """Return a row for every declared parameter, required ones filled with an example, and an example body.

    Args:
        operation: the operation.
        document: the OpenAPI document, for references.
        body: which of the operation's bodies it starts with; None for the one that is offered first.
        auth: how it proves who it is; see `starting_auth`.
    """
    draft = RequestDraft(
        method=operation.method,
        path=operation.path,
        values=tuple(Value(location=p.location, name=p.name, text=_starting_text(p)) for p in operation.parameters),
        body_kind=BodyKind.NONE,
        auth=auth or Auth(),
    )
    body = body or operation.body
    return draft if body is None else change_body(draft, body, document)


def change_body(draft: RequestDraft, body: Body, document: Mapping[str, Any]) -> RequestDraft:
    """Return the draft for another body of the operation. What was entered in the other kinds of body is kept."""
    kind = kind_of_body(body, document)
    draft = replace(draft, body_kind=kind, media_type=body.media_type)
    if kind is BodyKind.TEXT and draft.body is None:
        return replace(draft, body=_example_text(body, document))
    if kind in (BodyKind.URLENCODED, BodyKind.MULTIPART):
        return replace(draft, fields=with_missing_fields(draft.fields, starting_fields(body, document)))
    return draft


def with_example(draft: RequestDraft, body: Body, document: Mapping[str, Any]) -> RequestDraft:
    """Return the draft with an example in the place of what was entered for this body."""
    if kind_of_body(body, document) is BodyKind.TEXT:
        return change_body(replace(draft, body=None), body, document)
    return change_body(replace(draft, fields=()), body, document)


def fitted_draft(
    saved: RequestDraft, operation: Operation, document: Mapping[str, Any], *, auth: Auth | None = None
) -> RequestDraft:
    """Return a saved draft with rows for what the operation got since; nothing saved is dropped.

    Args:
        saved: the draft.
        operation: the operation as it is now.
        document: the OpenAPI document, for references.
        auth: what `starting_auth` says now; addresses and names that are empty in the draft are taken from it.
    """
    fresh = starting_draft(operation, document, body=_body_like(saved, operation))
    have = {(value.location, value.name) for value in saved.values}
    draft = replace(
        saved,
        values=saved.values + tuple(value for value in fresh.values if (value.location, value.name) not in have),
        body=saved.body if saved.body is not None else fresh.body,
        auth=_fitted_auth(saved.auth, auth) if auth is not None else saved.auth,
    )
    was_text = saved.body_kind is BodyKind.TEXT and kind_of(saved.media_type) is fresh.body_kind
    if was_text and not saved.fields and fresh.fields:
        draft = replace(draft, body_kind=fresh.body_kind)  # saved when a form was still written as text
    if operation.body is None and saved.body_kind is BodyKind.TEXT and not saved.body:
        draft = replace(draft, body_kind=BodyKind.NONE)
    return replace(draft, fields=with_missing_fields(saved.fields, fresh.fields))


def starting_auth(operation: Operation, catalogue: Catalogue) -> Auth:
    """Return the first way of proving who one is that the operation takes and a person can fill in here."""
    schemes = {scheme.name: scheme for scheme in catalogue.schemes}
    for name in operation.security:
        if name in schemes and schemes[name].kind in _AUTH_KINDS:
            return auth_for(schemes[name])
    return Auth()


def auth_for(scheme: SecurityScheme) -> Auth:
    """Return an empty `Auth` for a scheme, with the addresses and names that the app declares."""
    auth = Auth(kind=_AUTH_KINDS.get(scheme.kind, AuthKind.NONE))
    if auth.kind is AuthKind.API_KEY:
        return replace(auth, key_name=scheme.key_name, key_location=scheme.key_location)
    if auth.kind is AuthKind.OAUTH2_PASSWORD:
        return replace(auth, token_url=scheme.token_url, scopes=" ".join(name for name, _ in scheme.scopes))
    return auth


def _fitted_auth(saved: Auth, fresh: Auth) -> Auth:
    if saved.kind is not fresh.kind:
        return saved
    return replace(saved, token_url=saved.token_url or fresh.token_url, key_name=saved.key_name or fresh.key_name)


def _body_like(saved: RequestDraft, operation: Operation) -> Body | None:
    """Return the body that the saved draft was composed for, or None for the one that is offered first."""
    return next((body for body in operation.other_bodies if body.media_type == saved.media_type), None)


def _starting_text(parameter: Parameter) -> str | None:
    if not parameter.required:
        return None
    return parameter.example if parameter.example is not None else next(iter(parameter.choices), "")


def _example_text(body: Body, document: Mapping[str, Any]) -> str:
    if "json" in body.media_type.lower():
        return example_body_text(body, document)
    value = example_value(body.schema, document)
    return example_body_text(body, document) if isinstance(value, dict | list) else plain_text(value)
