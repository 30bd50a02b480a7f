"""Writes the description of the interface as an OpenAPI 3.1 document."""

from collections.abc import Iterable, Mapping
from typing import Any

from search_app.web.api.described.arguments import SEARCHED
from search_app.web.api.described.parts import Argument, Route, Samples, Schema
from search_app.web.api.described.routes import ROUTES
from search_app.web.api.described.schemas import SCHEMAS, ref
from search_app.words.language import N_, gettext

VERSION = "1"
"""Of the interface, as its addresses have it."""
_PROBLEM = {"application/problem+json": {"schema": ref("Problem")}}
_KEPT, _WRONG = N_("与手中的那一份相同，不再重发"), N_("有参数写错了；errors 逐一说明")
_OTHER = N_("其他差错")
_DOWN = N_(
    "暂时不能作答，请隔 `Retry-After` 所说的秒数再问。`code` 说明原因：`engine-unavailable` 索引所在的集群没有应答，"
    "`too-much-asked` 一次问得太多，再问也一样，`no-index` 没有可用的索引，`unreadable`、`no-manifest` 有文件读不出，"
    "`too-many-downloads` 同时下载的人太多"
)
_FINE, _ELSEWHERE = N_("回答"), N_("这个编号的文字今天在 Location 所指的地址")
_TAG, _CHANGED = N_("这个回答的版本；写进 If-None-Match，没有变就答 304"), N_("回答上次变动的时间")


def document(server: str, samples: Samples) -> dict[str, Any]:
    """Return the document in the reader's language; `server` is the address of the interface."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": gettext("年鉴检索"),
            "version": VERSION,
            "description": gettext("只读，不用登录。答语依 Accept-Language 用中文或英文；代号和键名不变。"),
        },
        "servers": [{"url": server}],
        "paths": {route.path: {"get": _operation(route, samples)} for route in ROUTES},
        "components": {
            "schemas": {name: _worded(each) for name, each in SCHEMAS.items()},
            "headers": {
                "ETag": {"schema": {"type": "string"}, "required": True, "description": gettext(_TAG)},
                "Last-Modified": {"schema": {"type": "string"}, "description": gettext(_CHANGED)},
                "Location": {"schema": {"type": "string"}, "required": True},
            },
            "responses": {
                "Kept": {"description": gettext(_KEPT)},
                "Wrong": {"description": gettext(_WRONG), "content": _PROBLEM},
                "Down": {
                    "description": gettext(_DOWN),
                    "headers": {"Retry-After": {"schema": {"type": "integer"}, "required": True}},
                    "content": _PROBLEM,
                },
                "Other": {"description": gettext(_OTHER), "content": _PROBLEM},
            },
        },
    }


def arguments_of(route: Route) -> tuple[Argument, ...]:
    """Return all that a route takes, those in the path first."""
    own = route.arguments
    in_path = tuple(each for each in own if each.in_path)
    others = tuple(each for each in own if not each.in_path)
    return in_path + (SEARCHED if route.is_search else ()) + others


def _operation(route: Route, samples: Samples) -> dict[str, Any]:
    return {
        "operationId": route.name,
        "summary": route.heading,
        "description": route.meaning,
        "parameters": [_parameter(each, route.sample_of(each.name, samples)) for each in arguments_of(route)],
        "responses": dict(_responses(route)),
    }


def _parameter(each: Argument, sample: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": each.name, "in": "path" if each.in_path else "query", "required": each.is_required}
    if each.said:
        found["description"] = each.meaning
    schema = dict(each.schema)
    if each.several:
        least = {"minItems": 1} if each.is_required else {}
        found["schema"] = {"type": "array", "items": schema, "maxItems": each.several, **least}
    else:
        found["schema"] = schema
    if sample:
        values = [int(text) if schema["type"] == "integer" else text for text in sample]
        found["example"] = values if each.several else values[-1]
    return found


def _responses(route: Route) -> Iterable[tuple[str, dict[str, Any]]]:
    names = ["ETag", "Last-Modified"] if route.is_compared else ["ETag"]
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    content = {kind: {"schema": schema} for kind, schema in route.answers.items()}
    yield "200", {"description": gettext(_FINE), "headers": headers, "content": content}
    if route.leads:
        location = {"$ref": "#/components/headers/Location"}
        yield "302", {"description": gettext(_ELSEWHERE), "headers": {"Location": location}}
    yield "304", _response("Kept")
    if route.arguments or route.is_search:
        yield "400", _response("Wrong")
    for status, why in route.refusals.items():
        yield str(status), {"description": gettext(why), "content": _PROBLEM}
    yield "503", _response("Down")
    yield "default", _response("Other")


def _response(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


def _worded(schema: Schema) -> dict[str, Any]:
    """Return a schema with its descriptions in the reader's language."""
    found: dict[str, Any] = {}
    for name, value in schema.items():
        if name == "properties":
            found[name] = {key: _worded(each) for key, each in value.items()}
        elif isinstance(value, Mapping):
            found[name] = _worded(value)
        else:
            found[name] = gettext(value) if name == "description" else value
    return found
