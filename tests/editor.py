"""An editor, as far as the YAML language server can tell: it opens files and asks."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

SERVER = ROOT / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
EDITOR_SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text())
needs_server = pytest.mark.skipif(
    not (SERVER.is_file() and shutil.which("node")),
    reason="the YAML language server is not here: make node_modules/ready (needs npm)",
)
CURSOR = "\N{CARET}"  # where it stands in a text
MARKUP = ["markdown", "plaintext"]
ABLE = {
    "workspace": {"configuration": True, "didChangeWatchedFiles": {"dynamicRegistration": False}},
    "textDocument": {
        "hover": {"contentFormat": MARKUP},
        "completion": {"completionItem": {"documentationFormat": MARKUP, "snippetSupport": True}},
    },
}


class Editor:
    """A language server with a folder open; what it asks of its client is answered at once."""

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        self.folder, self.settings, self.ids = folder, settings, count(1)
        self.diagnosed: dict[str, list[dict[str, Any]]] = {}
        self.server = subprocess.Popen(
            ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        uri = folder.as_uri()
        start = {"processId": None, "rootUri": uri, "capabilities": ABLE}
        self.ask("initialize", start | {"workspaceFolders": [{"uri": uri, "name": "kennisbank"}]})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def changed(self, path: str) -> None:
        """Tell that a file on disk is another now, as an editor does that watches the folder."""
        change = {"uri": (self.folder / path).as_uri(), "type": 2}
        self.tell("workspace/didChangeWatchedFiles", {"changes": [change]})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.server.kill()
        self.server.communicate()

    def tell(self, method: str, params: Any, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self._send(body)

    def ask(self, method: str, params: Any) -> Any:
        number = next(self.ids)
        self.tell(method, params, id=number)
        while True:
            said = self._heard()
            if said.get("id") == number and "method" not in said:
                assert "error" not in said, said
                return said["result"]

    def _send(self, body: bytes) -> None:
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def _heard(self) -> dict[str, Any]:
        """The next message; what the server wants to know of us it is told."""
        assert self.server.stdout
        size = 0
        while (line := self.server.stdout.readline().strip()) or not size:
            assert line, "the language server has stopped"
            if line.lower().startswith(b"content-length:"):
                size = int(line.partition(b":")[2])
        said: dict[str, Any] = json.loads(self.server.stdout.read(size))
        if said.get("method") == "textDocument/publishDiagnostics":
            self.diagnosed[said["params"]["uri"]] = said["params"]["diagnostics"]
        elif "method" in said and "id" in said:
            wanted = said["params"].get("items", []) if said["params"] else []
            result = [self._setting(item.get("section", "")) for item in wanted]
            answer = {"jsonrpc": "2.0", "id": said["id"], "result": result}
            self._send(json.dumps(answer).encode())
        return said

    def _setting(self, section: str) -> dict[str, Any]:
        """What the settings say of a section: `yaml.validate` is `validate` of `yaml`."""
        if section in self.settings:
            return dict(self.settings[section])
        found: dict[str, Any] = {}
        for name, value in self.settings.items():
            if name.startswith(section + "."):
                *inner, last = name.removeprefix(section + ".").split(".")
                spot = found
                for word in inner:
                    spot = spot.setdefault(word, {})
                spot[last] = value
        return found

    def problems(self, files: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
        """Open files with these texts, by path; what is wrong with each."""
        found: dict[str, list[dict[str, Any]]] = {}
        paths = list(files)
        for some in (paths[i : i + 50] for i in range(0, len(paths), 50)):
            uris = {path: (self.folder / path).as_uri() for path in some}
            for path, uri in uris.items():  # together: the server waits a while before it looks
                self.diagnosed.pop(uri, None)
                opened = {"languageId": "yaml", "version": next(self.ids), "text": files[path]}
                self.tell("textDocument/didOpen", {"textDocument": {"uri": uri} | opened})
            while not self.diagnosed.keys() >= set(uris.values()):
                self._heard()
            for path, uri in uris.items():
                found[path] = self.diagnosed[uri]
                self._close(uri)
        return found

    def _close(self, uri: str) -> None:
        """Close a file; the server then says that nothing is wrong with it, which we must hear."""
        self.diagnosed.pop(uri, None)
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        while uri not in self.diagnosed:
            self._heard()

    def completions(self, path: str, text: str) -> list[dict[str, Any]]:
        """What can be written where the cursor stands in this text, in the order of the server."""
        return list(self._at("completion", path, text)["items"])

    def hover(self, path: str, text: str) -> str:
        """What is shown of what stands at the cursor in this text."""
        found = self._at("hover", path, text)
        return str(found["contents"]["value"]) if found else ""

    def _at(self, what: str, path: str, text: str) -> Any:
        before, _, after = text.partition(CURSOR)
        document = {"uri": (self.folder / path).as_uri()}
        spot = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        opened = {"languageId": "yaml", "version": next(self.ids), "text": before + after}
        self.tell("textDocument/didOpen", {"textDocument": document | opened})
        found = self.ask(f"textDocument/{what}", {"textDocument": document, "position": spot})
        self._close(document["uri"])
        return found
