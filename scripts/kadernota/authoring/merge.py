"""Two versions of a document and what they come from in, one version out.

Keys are merged one by one, parts by their name, lists as the sets that they are. Where both sides
changed one value differently, that value has both versions, marked as git marks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.authoring import three
from kadernota.authoring.dispute import Dispute, Disputes
from kadernota.model import File, Place
from kadernota.reading import strict
from kadernota.reading.canonical import natural, written
from kadernota.reading.comments import Comments, comments
from kadernota.reading.tree import Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kadernota.model import Field, Form

    Entry = tuple[Scalar, Node]


@dataclass(frozen=True, slots=True)
class Merged:
    """The text, and how many values people must choose between."""

    text: str
    conflicts: int


def merge(
    texts: tuple[str, str, str], form: Form, forms: Mapping[str, Form], marks: int = 7
) -> Merged | None:
    """The merge of what both come from, ours and theirs; None when one of these cannot be read.

    What both come from is empty when the file is new on both sides.
    """
    trees, said = [], []
    for name, text in zip(("basis", "deze", "andere"), texts, strict=True):
        tree = _tree(name, text)
        if tree is None:
            return None
        trees.append(tree)
        said.append(comments(text, tree) if tree.entries else Comments())
    merger = _Merger(forms, said)
    before, ours, theirs = trees
    tree = merger.table(before, ours, theirs, form, None)
    if not form.fields:  # a file without a form: its keys are a set
        tree = Table(tuple(sorted(tree.entries, key=lambda e: natural(e[0].text))), tree.place)
    text = written(tree, form, forms, "", merger.said())
    return Merged(merger.disputes.shown(text, marks), len(merger.disputes.held))


def _tree(name: str, text: str) -> Table | None:
    if name == "basis" and not text.strip():
        return Table((), Place(name))
    return strict.parse(File(name, text.encode()))[0]


class _Merger:
    """Holds the comments of all sides, and what the sides disagree about."""

    def __init__(self, forms: Mapping[str, Form], sides: list[Comments]) -> None:
        self.forms, self.sides = forms, sides
        self.disputes = Disputes(forms, sides[1], sides[2])
        # A place names its side, so what comes from one side only keeps its comments.
        self.above = {**sides[1].above, **sides[2].above}
        self.closing = {**sides[1].closing, **sides[2].closing}

    def said(self) -> Comments:
        heading = three.remarks(*(side.heading for side in self.sides))
        return Comments(tuple(heading), self.above, self.closing)

    def table(
        self,
        before: Table | None,
        ours: Table,
        theirs: Table,
        form: Form | None,
        part: Form | None,
    ) -> Table:
        """Entry by entry; `part` is the form of what is in it when it is a table of parts."""
        old, mine, other = (
            {key.text: (key, value) for key, value in table.entries} if table else {}
            for table in (before, ours, theirs)
        )
        found = []
        for name in dict.fromkeys((*mine, *other)):
            field = form.field(name) if form else None
            if entry := self._entry(old.get(name), mine.get(name), other.get(name), field, part):
                found.append(entry)
        self._close(before, ours, theirs, ours.place)
        return Table(tuple(found), ours.place)

    def _entry(
        self,
        old: Entry | None,
        mine: Entry | None,
        other: Entry | None,
        field: Field | None,
        part: Form | None,
    ) -> Entry | None:
        one = mine or other
        if one is None:
            return None
        if mine is None or other is None:
            if old and _meaning(old[1]) == _meaning(one[1]):
                return None  # taken away by the one, untouched by the other
            return (one[0], self.disputes.hold(Dispute(mine, other, field, part))) if old else one
        self._remark(old and old[0], mine[0], other[0])
        value = self._value(old and old[1], mine[1], other[1], field, part)
        return mine[0], value or self.disputes.hold(Dispute(mine, other, field, part))

    def _value(
        self, old: Node | None, mine: Node, other: Node, field: Field | None, part: Form | None
    ) -> Node | None:
        """What the value becomes; None when the sides disagree."""
        if isinstance(mine, Table) and isinstance(other, Table):
            inner = self.forms[field.value_class] if field and field.kind == "nested" else None
            return self.table(old if isinstance(old, Table) else None, mine, other, part, inner)
        if _plain(mine) and _plain(other) and (old is None or _plain(old)):
            return self._list(old, mine, other, field)
        was, is_mine, is_other = (_meaning(node) for node in (old, mine, other))
        if is_mine in {was, is_other}:
            return other
        return mine if is_other == was else None

    def _list(self, old: Node | None, mine: Node, other: Node, field: Field | None) -> Node | None:
        """Plain values: one, or the set of them."""
        was, here, there = (_items(node) for node in (old, mine, other))
        single = field is None or field.single
        texts = _one(was, here, there) if single else three.members(was, here, there)
        if texts is None and len(was) == len(here) == len(there) == 1:
            merged = three.lines(*(next(iter(side)).split("\n") for side in (was, here, there)))
            return Scalar("\n".join(merged), mine.place) if merged else None
        if texts is None:
            return None
        place = other.place if isinstance(mine, Scalar) else mine.place
        self._close(old, mine, other, place)
        for text in texts:
            if text in here and text in there:
                self._remark(was.get(text), here[text], there[text])
        return Sequence(tuple(here.get(text) or there[text] for text in texts), place)

    def _remark(self, old: Scalar | None, mine: Scalar, other: Scalar) -> None:
        nodes = zip(self.sides, (old, mine, other), strict=True)
        sides = (side.above.get(node.place, ()) if node else () for side, node in nodes)
        self.above[mine.place] = three.remarks(*sides)

    def _close(self, old: Node | None, mine: Node, other: Node, place: Place) -> None:
        nodes = zip(self.sides, (old, mine, other), strict=True)
        sides = (side.closing.get(node.place, ()) if node else () for side, node in nodes)
        self.closing[place] = three.remarks(*sides)


def _plain(node: Node) -> bool:
    return isinstance(node, Scalar) or (
        isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items)
    )


def _items(node: Node | None) -> dict[str, Scalar]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return {item.text: item for item in items if isinstance(item, Scalar)}


def _one(
    was: Mapping[str, Scalar], here: Mapping[str, Scalar], there: Mapping[str, Scalar]
) -> list[str] | None:
    """The value of a key that has only one: what one side, or both sides alike, made of it."""
    if set(here) in (set(was), set(there)):
        return list(there)
    return list(here) if set(there) == set(was) else None


def _meaning(node: Node | None) -> object:
    """What a node says, whatever its order, its notation or its comments."""
    if node is None or isinstance(node, Scalar):
        return node and node.text
    if isinstance(node, Table):
        return frozenset((key.text, _meaning(value)) for key, value in node.entries)
    found = frozenset(map(_meaning, node.items))
    return next(iter(found)) if len(found) == 1 else found
