"""What the shop does with users."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from demo_api.errors import ConflictError, NotFoundError
from demo_api.models.user import User, UserCreate
from demo_api.services.passwords import hash_password


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
