"""A GitLab that only the browser of a test meets: it answers, and keeps what it was given."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlparse

if TYPE_CHECKING:
    from playwright.sync_api import Request, Route

ADDRESS = "https://gitlab.com/"
PERSON = {"id": 7, "name": "Ada", "username": "ada", "email": "ada@voorbeeld.nl"}


def digest(text: str) -> str:
    """Something that differs when the text does, as long as git's."""
    return sha256(text.encode()).hexdigest()[:40]


@dataclass
class GitLab:
    """One project with one branch; commits and proposals are kept, not carried out."""

    files: dict[str, str]
    commits: list[dict[str, Any]] = field(default_factory=list)
    proposals: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        path = unquote(urlparse(route.request.url).path)
        self.asked.append(f"{route.request.method} {path}")
        found = self._graphql(route.request) if path == "/api/graphql" else self._rest(route, path)
        route.fulfill(
            status=200 if found is not None else 404,
            body=json.dumps(found),
            content_type="application/json",
            headers={"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"},
        )

    def _rest(self, route: Route, path: str) -> Any:
        project = "/api/v4/projects/gemeente/beleid"
        sent = route.request.post_data_json if route.request.method == "POST" else None
        if path == "/api/v4/user":
            return PERSON
        if path == f"{project}/users":
            return [PERSON]
        if path == f"{project}/repository/commits" and sent:
            self.commits.append(sent)
            return {"id": "c" * 40, "committed_date": "2026-01-02T10:00:00Z"}
        if path == f"{project}/merge_requests":
            return self._propose(sent) if sent else []
        return None

    def _propose(self, sent: dict[str, Any]) -> dict[str, Any]:
        self.proposals.append(sent)
        moment = "2026-01-02T10:00:00Z"
        made = {"id": 1, "iid": 1, "sha": "c" * 40, "created_at": moment, "updated_at": moment}
        return {**made, "web_url": f"{ADDRESS}gemeente/beleid/-/merge_requests/1"}

    def _graphql(self, request: Request) -> Any:
        query = request.post_data_json
        assert query
        return {"data": {"project": {"repository": self._repository(query)}}}

    def _repository(self, query: dict[str, Any]) -> dict[str, Any]:
        if paths := query["variables"].get("paths"):
            return {"blobs": {"nodes": [{"rawTextBlob": self.files[path]} for path in paths]}}
        if "blobs(" in query["query"]:
            nodes = [
                {"type": "blob", "path": path, "sha": digest(text)}
                for path, text in self.files.items()
            ]
            page = {"endCursor": "", "hasNextPage": False}
            return {"tree": {"blobs": {"nodes": nodes, "pageInfo": page}}}
        commit = {"sha": "a" * 40, "message": "Begin"}
        return {"rootRef": "main", "tree": {"lastCommit": commit}}
