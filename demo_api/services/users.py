"""What the shop does with users."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from demo_api.errors import ConflictError, NotFoundError
from demo_api.models.user import User, UserCreate
from demo_api.services.passwords import check_password, hash_password, nobodys_hash


def get_user(session: Session, user_id: int) -> User:
    """Return a user.

    Raises:
        NotFoundError: nobody has this number.
    """
    user = session.get(User, user_id)
    if user is None:
        raise NotFoundError(f"There is no user {user_id}.")
    return user


def first_user(session: Session) -> User:
    """Return the user with the lowest number.

    Raises:
        NotFoundError: the shop has no users.
    """
    user = session.exec(select(User).order_by(col(User.id)).limit(1)).first()
    if user is None:
        raise NotFoundError("The shop has no users yet. Add one with POST /users.")
    return user


def add_user(session: Session, data: UserCreate) -> User:
    """Store a new user, with the password's hash.

    Raises:
        ConflictError: somebody has this e-mail address already.
    """
    user = User.model_validate(data, update={"password_hash": hash_password(data.password)})
    session.add(user)
    try:
        session.commit()
    except IntegrityError as error:
        # Asking first whether the address is free would not do: another request may take it in between.
        raise ConflictError(f"Somebody has the e-mail address {data.email} already.") from error
    session.refresh(user)
    return user


def list_users(session: Session, *, skip: int, limit: int) -> Sequence[User]:
    """Return one page of users."""
    return session.exec(select(User).order_by(col(User.id)).offset(skip).limit(limit)).all()


def sign_in(session: Session, email: str, password: str) -> User | None:
    """Return the user with this address and password, or None. Both ways it takes the same time."""
    user = session.exec(select(User).where(User.email == email)).first()
    fits, newer_hash = check_password(password, user.password_hash if user else nobodys_hash())
    if user is None or not fits:
        return None
    if newer_hash is not None:
        user.password_hash = newer_hash
        session.add(user)
        session.commit()
    return user


def grant_scopes(session: Session, user: User, wanted: Sequence[str]) -> list[str]:
    """Return which of the scopes that somebody wants they get; whoever wants none gets `me`."""
    allowed = {"me", "items"} | ({"staff"} if user.id == first_user(session).id else set())
    return [scope for scope in dict.fromkeys(wanted) if scope in allowed] if wanted else ["me"]
