"""Routers: one chapter of the course a file.

Each has a `router` with its routes, and the chapter's name and description, `TAG` and `DESCRIPTION`. A route reads the
request, calls a service, and returns; what the shop *does* is in `services/`.

A route that waits for the database is a plain `def`: FastAPI runs it in a thread. One that waits for nothing is an
`async def` and runs on the event loop, where nobody else can run meanwhile.
"""
