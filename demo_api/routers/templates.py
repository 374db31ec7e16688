"""Chapter 22, Templates: pages for people, made by Jinja2."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse

from demo_api.dependencies import CurrentUserDep, ItemId, PaginationDep, SessionDep
from demo_api.errors import BODY_ERRORS, NOT_FOUND, UNAVAILABLE, NotFoundError, Responses, in_json
from demo_api.models.item import ItemCreate
from demo_api.models.item_form import ItemForm
from demo_api.services import items

if TYPE_CHECKING:
    from fastapi.templating import Jinja2Templates

TAG = "Templates"
DESCRIPTION = """Pages for people: Jinja2 fills in the blanks of a file.

Other engines fit as well: FastAPI sends whatever text they make."""

FOLDER: Final = Path(__file__).parents[1] / "templates"

MISSING_PAGE: Responses = {404: {"description": "A page that says so.", "content": {"text/html": {}}}}
LOCATION: Responses = {
    303: {"headers": {"Location": {"description": "Where the new item is.", "schema": {"type": "string"}}}}
}

router = APIRouter(prefix="/pages", tags=[TAG], default_response_class=HTMLResponse)


@cache
def templates() -> "Jinja2Templates":
    """Return the templates. Jinja2 takes longer to import than all our routes, so it waits for the first page."""
    from fastapi.templating import Jinja2Templates

    return Jinja2Templates(FOLDER, context_processors=[shop_name])


def shop_name(request: Request) -> dict[str, Any]:
    """Return what every template may use, beside what its route gives it: a context processor."""
    return {"shop": request.app.title}


@router.get("", summary="Show all items", responses=in_json(UNAVAILABLE))
def show_shop(request: Request, page: PaginationDep, session: SessionDep) -> HTMLResponse:
    """Fill `shop.html`, which says what is special and extends `base.html`, which has what all pages share.

    **Often wrong:** `async def` around a template. Rendering waits for nobody and takes its time: it holds up everyone.
    A plain `def` runs in a thread.
    """
    context = {"items": items.list_items(session, skip=page.skip, limit=page.limit)}
    return templates().TemplateResponse(request, "shop.html", context)


@router.get("/items/{item_id}", summary="Show an item", responses=MISSING_PAGE | in_json(UNAVAILABLE))
def show_item(request: Request, item_id: ItemId, session: SessionDep) -> HTMLResponse:
    """Give the template its context: the names it may use. The links come from `url_for`, by the names of the routes.

    **Often wrong:** writing addresses into templates. Give the router another prefix, and every such link is broken.
    """
    try:
        context: dict[str, Any] = {"item": items.get_item(session, item_id)}
    except NotFoundError as error:
        context = {"reason": str(error)}
        return templates().TemplateResponse(request, "missing.html", context, status.HTTP_404_NOT_FOUND)
    return templates().TemplateResponse(request, "item.html", context)


@router.get("/hello", summary="Greet somebody")
def show_greeting(
    request: Request,
    name: Annotated[
        str, Query(max_length=80, description="Whom to greet.", examples=["<script>alert('hi')</script>"])
    ] = "Ada",
) -> HTMLResponse:
    """Try `<script>alert('hi')</script>` as a name. It arrives as text: Jinja2 writes `<` as `&lt;` in `.html` files.

    **Often wrong:** the filter `|safe` on what a client sent. The script would run in the browser of whoever looks.
    """
    return templates().TemplateResponse(request, "hello.html", {"name": name})


@router.get("/form", summary="Show a form")
def show_form(request: Request) -> HTMLResponse:
    """Show a form. The browser checks `required` and `maxlength`, and the server checks again.

    **Often wrong:** trusting the checks of the browser. A client that is no browser sends what it likes.
    """
    return templates().TemplateResponse(request, "form.html")


@router.post(
    "/items",
    summary="Sell an item, and look at it",
    status_code=status.HTTP_303_SEE_OTHER,
    response_class=RedirectResponse,
    responses=BODY_ERRORS | LOCATION | NOT_FOUND | UNAVAILABLE,
)
def sell_item(
    request: Request, form: Annotated[ItemForm, Form()], user: CurrentUserDep, session: SessionDep
) -> RedirectResponse:
    """Store what the form sent, and send the browser to the new page: post, redirect, get.

    **Often wrong:** answering a form with a page, or with 307. "Reload" would send the form a second time. 303 says: go
    there, with GET.
    """
    item = items.add_item(session, ItemCreate(name=form.name, price=form.price), owner_id=user.id or 0)
    return RedirectResponse(request.app.url_path_for("show_item", item_id=item.id), status.HTTP_303_SEE_OTHER)
