"""Who is asking: dependencies that read a token or a key, and let in whom it belongs to.

Two words that are often mixed up. *Authentication* finds out who somebody is: where it fails, the answer is 401.
*Authorization* finds out what they may do: where it fails, the answer is 403.
"""

from typing import Annotated

from fastapi import Depends, HTTPException, Security, status
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer, SecurityScopes

from demo_api.dependencies import SessionDep, SettingsDep
from demo_api.errors import ErrorMessage, NotFoundError, Responses
from demo_api.models.token import TokenContent
from demo_api.models.user import User
from demo_api.services import tokens, users

WWW_AUTHENTICATE = {"WWW-Authenticate": {"description": "How to sign in.", "schema": {"type": "string"}}}
NOT_SIGNED_IN: Responses = {
    401: {"model": ErrorMessage, "description": "Nobody knows who is asking.", "headers": WWW_AUTHENTICATE}
}
NOT_ALLOWED: Responses = {
    403: {"model": ErrorMessage, "description": "The token is not good for this.", "headers": WWW_AUTHENTICATE}
}

# These two also tell the documentation how to sign in: it shows a padlock and the button "Authorize".
read_bearer = OAuth2PasswordBearer(tokenUrl="token", scopes=tokens.SCOPES)
read_key = APIKeyHeader(name="X-API-Key", description="The answer of POST /account/key.")


def get_secret(settings: SettingsDep) -> str:
    """Return what tokens and keys are signed with."""
    return settings.secret_key.get_secret_value()


SecretDep = Annotated[str, Depends(get_secret)]


def get_token(needed: SecurityScopes, token: Annotated[str, Depends(read_bearer)], secret: SecretDep) -> TokenContent:
    """Check the token, and that it is good for all scopes that the route, and whatever the route depends on, needs."""
    scheme = f'Bearer scope="{needed.scope_str}"' if needed.scopes else "Bearer"
    try:
        content = tokens.read_token(secret, token)
    except tokens.InvalidTokenError as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, str(error), {"WWW-Authenticate": scheme}) from error
    missing = [scope for scope in needed.scopes if scope not in content.scopes]
    if missing:
        detail = f"The token is not good for: {', '.join(missing)}. Ask for it when you sign in."
        raise HTTPException(status.HTTP_403_FORBIDDEN, detail, {"WWW-Authenticate": scheme})
    return content


TokenDep = Annotated[TokenContent, Security(get_token)]


def get_signed_in_user(content: TokenDep, session: SessionDep) -> User:
    """Return the user whom the token stands for. They may be gone by now, while their token lives on."""
    return find_user(session, content.user_id, "Bearer")


SignedInUserDep = Annotated[User, Security(get_signed_in_user)]


def get_key_owner(api_key: Annotated[str, Depends(read_key)], secret: SecretDep, session: SessionDep) -> User:
    """Return the user whose key a program sent."""
    try:
        user_id = tokens.read_api_key(secret, api_key)
    except tokens.InvalidTokenError as error:
        headers = {"WWW-Authenticate": "APIKey"}
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, str(error), headers) from error
    return find_user(session, user_id, "APIKey")


KeyOwnerDep = Annotated[User, Security(get_key_owner)]


def find_user(session: SessionDep, user_id: int, scheme: str) -> User:
    """Return a user; somebody who is gone is nobody, which is 401 here and not 404."""
    try:
        return users.get_user(session, user_id)
    except NotFoundError as error:
        headers = {"WWW-Authenticate": scheme}
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Who signed in is gone.", headers) from error
