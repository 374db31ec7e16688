"""Templates: pages, what is in them, and a form that leads to one."""

from fastapi.testclient import TestClient


def test_that_a_page_is_html_and_shows_what_the_shop_has(client: TestClient) -> None:
    response = client.get("/pages")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Reading lamp" in response.text
    assert "34.50 €" in response.text


def test_that_every_page_has_what_the_base_has(client: TestClient) -> None:
    for path in ("/pages", "/pages/items/1", "/pages/items/999", "/pages/hello", "/pages/form"):
        page = client.get(path).text
        assert page.startswith("<!doctype html>"), path
        assert "· Demo shop</title>" in page, path
        assert 'href="http://testserver/static/style.css"' in page, path


def test_that_links_lead_where_the_routes_are(client: TestClient) -> None:
    page = client.get("/pages/items/3").text
    assert 'href="http://testserver/items/3"' in page
    assert client.get("http://testserver/items/3").json()["name"] in page


def test_that_a_missing_item_is_a_page_and_a_404(client: TestClient) -> None:
    response = client.get("/pages/items/999")
    assert response.status_code == 404
    assert "There is no item 999." in response.text


def test_that_a_script_in_a_name_is_only_text(client: TestClient) -> None:
    page = client.get("/pages/hello", params={"name": "<script>alert('hi')</script>"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_that_a_form_stores_and_sends_the_browser_on(client: TestClient) -> None:
    response = client.post("/pages/items", data={"name": "Desk lamp", "price": "39.9"})
    assert (response.status_code, response.headers["location"]) == (303, "/pages/items/25")
    assert "Desk lamp" in client.get(response.headers["location"]).text


def test_that_a_browser_that_follows_ends_on_the_new_page(client: TestClient) -> None:
    page = client.post("/pages/items", data={"name": "Desk lamp", "price": "39.9"}, follow_redirects=True)
    assert page.status_code == 200
    assert page.request.method == "GET"
    assert "Desk lamp" in page.text


def test_that_the_server_checks_what_no_browser_did(client: TestClient) -> None:
    response = client.post("/pages/items", data={"name": "", "price": "-1"})
    assert response.status_code == 422
    assert [error["loc"] for error in response.json()["detail"]] == [["body", "name"], ["body", "price"]]
