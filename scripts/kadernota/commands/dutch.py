"""argparse in Dutch: the same parser, words that our users read."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from kadernota.hints import near_miss
from kadernota.letters import visible

MESSAGES = (
    (r"the following arguments are required: (.*)", r"Geef nog op: \1."),
    (r"unrecognized arguments: (.*)", r"Dit ken ik niet: \1. Kijk met --help wat er kan."),
    (r"argument (\S+): invalid choice: (.*?) \(choose from (.*)\)",
     r"\2 kan hier niet; kies uit: \3."),
    (r"argument (\S+): expected one argument", r"Geef een waarde achter \1."),
    (r"argument (\S+): expected at least one argument", r"Geef minstens één waarde achter \1."),
    (r"argument (\S+): ignored explicit argument (.*)",
     r"Achter \1 hoort geen waarde; haal \2 weg."),
    (r"argument (\S+): not allowed with argument (\S+)", r"Kies \1 of \2, niet allebei."),
    (r"argument (\S+): invalid (?:\w+) value: (.*)", r"\2 past niet achter \1."),
    (r"one of the arguments (.*) is required", r"Geef één van deze op: \1."),
)  # fmt: skip


class Help(argparse.RawDescriptionHelpFormatter):
    """Help that begins with "gebruik:"."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are Dutch; a wrong command exits with 2."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"add_help": False, "allow_abbrev": False, "formatter_class": Help}
        super().__init__(**kwargs)
        self._positionals.title = "wat"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze hulp")

    def error(self, message: str) -> NoReturn:
        for english, dutch in MESSAGES:
            if found := re.fullmatch(english, message, re.DOTALL):
                message = found.expand(dutch) + _hint(found)
                break
        self.exit(2, f"{self.format_usage()}{visible(message)}\n")


def _hint(found: re.Match[str]) -> str:
    """What was probably meant, where there was something to choose from: the last that is read."""
    if "invalid choice" not in found[0]:
        return ""
    given, options = (re.findall(r"[\w-]+", found[place]) for place in (2, 3))
    return f" {near_miss('-'.join(given), options).text}".rstrip()
