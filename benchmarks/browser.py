"""How fast and how large the page "Vraag het" is, in a real Chromium, on the site in build/6-site.

Repeat it with: kadernota build && python benchmarks/browser.py
"""

from __future__ import annotations

import gzip
import statistics
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

SITE = Path(__file__).resolve().parent.parent / "build" / "6-site"
FIRST = "vraag/?vraag=partners-per-speerpunt"
ROUNDS = 3
ASK_ALL = """async (rounds) => {
  const at = (name) => new URL("../assets/vraag/" + name, location.href).href;
  const { Asker } = await import(at("asker.js"));
  const { json } = await import(at("bytes.js"));
  const index = await json(at("index.json.gz"));
  const given = { wasm: at("vendor/oxigraph.wasm.gz"), data: at("data.trig.gz") };
  const asker = new Asker({ ...given, holds: index.holds });
  const begun = performance.now();
  await asker.open();
  const loaded = performance.now() - begun;
  const taken = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, sparql } of index.questions) {
      const from = performance.now();
      await asker.ask(sparql);
      (taken[name] ??= []).push(performance.now() - from);
    }
  }
  return { loaded, taken };
}"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves the site as it is, without a word."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has there
        """Nothing."""


def main() -> None:
    """Print the size of a first answer and how long answers take."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    top = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as play:
        chrome = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = chrome.new_page()
        sizes = first_answer(page, top)
        total = sum(sizes.values())
        print(f"First answer: {len(sizes)} files, {total / 1e6:.2f} MB compressed (at most 2)")
        for address, size in sorted(sizes.items(), key=lambda s: -s[1])[:5]:
            print(f"  {size / 1e3:7.0f} kB  {address.removeprefix(top)}")
        found = page.evaluate(ASK_ALL, ROUNDS)
        every = sorted(t for took in found["taken"].values() for t in took)
        last = statistics.quantiles(every, n=20)[-1]
        print(f"Loading program and data: {found['loaded']:.0f} ms")
        print(f"{len(every)} answers: median {statistics.median(every):.1f} ms, 95% {last:.1f} ms")
        slow = sorted(found["taken"].items(), key=lambda item: -statistics.median(item[1]))[:4]
        for name, took in slow:
            print(f"  {statistics.median(took):6.1f} ms  {name}")
        chrome.close()


def first_answer(page: Page, top: str) -> dict[str, int]:
    """The size of each file that is read until the first answer stands there, compressed."""
    read: list[Response] = []
    page.on("response", lambda response: read.append(response))  # noqa: PLW0108 - not a builtin
    page.goto(top + FIRST)
    page.wait_for_selector("#antwoord table")
    return {r.url: _compressed(r.body()) for r in tuple(read)}


def _compressed(body: bytes) -> int:
    return len(body) if body[:2] == b"\x1f\x8b" else len(gzip.compress(body, 6))


if __name__ == "__main__":
    main()
