"""A clerk in, a server of the Model Context Protocol out; it reads and never writes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import mcp_types as types
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from kadernota.asking.ask import CannotAnswer
from kadernota.assistant.toolset import INSTRUCTIONS
from kadernota.letters import shown

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from kadernota.assistant.clerk import Clerk
    from kadernota.assistant.resources import Things

PAGE = 100  # things in one answer to a request for all
READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def server(clerk: Clerk, things: Things, name: str, version: str) -> Server[dict[str, Any]]:
    """The server for one knowledge base: five tools, and each thing as a resource by its IRI."""
    return Server(
        "kadernota",
        version=version,
        title=f"Kadernota {name}",
        instructions=INSTRUCTIONS.format(name=name),
        on_list_tools=partial(_list_tools, clerk),
        on_call_tool=partial(_call_tool, clerk),
        on_list_resources=partial(_list_resources, things),
        on_list_resource_templates=partial(_list_templates, things),
        on_read_resource=partial(_read_resource, things),
    )


def listen(made: Server[dict[str, Any]]) -> None:
    """Serve over standard input and output, until the input ends."""

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await made.run(incoming, outgoing, made.create_initialization_options())

    anyio.run(serve)


def app(made: Server[dict[str, Any]]) -> Starlette:
    """The same over HTTP, for programs on this computer: other hosts and origins are refused."""
    return made.streamable_http_app(json_response=True, stateless_http=True, host="127.0.0.1")


async def _list_tools(
    clerk: Clerk, ctx: object, params: types.PaginatedRequestParams | None
) -> types.ListToolsResult:
    del ctx, params
    return types.ListToolsResult(
        tools=[
            types.Tool(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=tool.given,
                output_schema=tool.answer,
                annotations=READ_ONLY,
            )
            for tool in clerk.tools.values()
        ]
    )


async def _call_tool(
    clerk: Clerk, ctx: object, params: types.CallToolRequestParams
) -> types.CallToolResult:
    """What the tool answers; what is wrong is an answer too, that the assistant can act on."""
    del ctx
    try:
        found = clerk.reply(params.name, params.arguments or {})
    except CannotAnswer as error:
        said = types.TextContent(type="text", text=str(error))
        return types.CallToolResult(content=[said], is_error=True)
    text = types.TextContent(type="text", text=found.text)
    return types.CallToolResult(content=[text], structured_content=found.data)


async def _list_resources(
    things: Things, ctx: object, params: types.PaginatedRequestParams | None
) -> types.ListResourcesResult:
    del ctx
    cursor = (params and params.cursor) or "0"
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 7):
        raise MCPError(types.INVALID_PARAMS, f"De cursor '{shown(cursor)}' bestaat niet.")
    start = int(cursor)
    found = things.named[start : start + PAGE]
    more = start + PAGE < len(things.named)
    return types.ListResourcesResult(
        resources=[
            types.Resource(uri=iri, name=iri, title=name, mime_type="text/markdown")
            for iri, name in found
        ],
        next_cursor=str(start + PAGE) if more else None,
    )


async def _list_templates(
    things: Things, ctx: object, params: types.PaginatedRequestParams | None
) -> types.ListResourceTemplatesResult:
    del ctx, params
    words = "Een ding als Markdown en als JSON-LD, op het adres dat ask, search en describe geven."
    found = types.ResourceTemplate(
        uri_template=things.base + "{+adres}", name="ding", title="Een ding", description=words
    )
    return types.ListResourceTemplatesResult(resource_templates=[found])


async def _read_resource(
    things: Things, ctx: object, params: types.ReadResourceRequestParams
) -> types.ReadResourceResult:
    del ctx
    uri = str(params.uri)
    try:
        found = things.read(uri)
    except CannotAnswer as error:
        raise MCPError(types.INVALID_PARAMS, str(error)) from None
    return types.ReadResourceResult(
        contents=[
            types.TextResourceContents(uri=uri, mime_type=kind, text=text)
            for kind, text in found.items()
        ]
    )
