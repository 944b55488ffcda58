"""What is asserted of a value holds on every machine."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Set

from itc_tui.engines.builtin.inside.seeing import checks_of
from itc_tui.engines.builtin.inside.surface import Surface

REFUSED = "shop: the supplier cannot be reached: [Errno 111] Connection refused"


def test_numbers_of_errors_that_each_system_has_its_own_are_not_asserted() -> None:
    (check,) = checks_of("said", REFUSED, Surface())
    assert check.left == "said.startswith('shop: the supplier cannot be reached: ')"
    assert check.right == "True"
    assert checks_of("rows", {"why": REFUSED}, Surface()) == []


def test_numbers_that_are_the_same_everywhere_are() -> None:
    (check,) = checks_of("said", "[Errno 2] No such file or directory", Surface())
    assert check.right == "'[Errno 2] No such file or directory'"


def test_of_what_has_no_words_for_itself_no_words_are_asserted() -> None:
    """`<shop.Order object at` says of what class it is, whatever happened to it."""
    said = "<shop.orders.Order object at 0x7fdb2cd43f60> was placed long before the end of the year"
    (check,) = checks_of("said", said, Surface())
    assert check.left == "said[-40:]"


def test_nothing_is_asserted_of_the_files_that_the_process_happens_to_have_open() -> None:
    said = "event='hello' file=<_io.TextIOWrapper name='<stderr>' mode='w' encoding='utf-8'>"
    assert checks_of("said", said, Surface()) == []
    (check,) = checks_of("said", "of all that was written, this: " + said * 5, Surface())
    assert check.left == "said[:40]"


def test_what_is_too_long_within_a_mapping_is_looked_into() -> None:
    feed = {"title": "tea news", "entries": [{"title": f"tea no. {n}" * 5} for n in range(12)]}
    asserted = {check.left: check.right for check in checks_of("d", {"feed": feed}, Surface())}
    assert asserted["list(d)"] == "['feed']"
    assert asserted["d['feed']['title']"] == "'tea news'"
    assert asserted["len(d['feed']['entries'])"] == "12"


def test_a_list_that_holds_itself_is_looked_at_all_the_same() -> None:
    ring: list[object] = ["tea" * 50]
    ring.append(ring)
    assert "len(it)" in {check.left for check in checks_of("it", ring, Surface())}


def test_of_what_only_behaves_as_a_mapping_the_values_are_asserted_too() -> None:
    shelf = ChainMap({"tea": 3}, {"milk": 1})
    asserted = {check.left: check.right for check in checks_of("shelf", shelf, Surface())}
    assert asserted["dict(shelf)"] == "{'milk': 1, 'tea': 3}"


def _surface_of_shop() -> Surface:
    surface = Surface()
    surface.tops = ("shop",)
    return surface


class _Field:
    """Of another package, which says of its objects what it likes."""

    __module__ = "fields.all"
    name = "tea"

    def __repr__(self) -> str:
        return f"<fields.{type(self).__name__}(required=False)>"


class _Own(_Field):
    """Of the target, and silent about itself."""

    __module__ = "shop.fields"

    def __init__(self) -> None:
        self.count = 3


class _Talking(_Own):
    __module__ = "shop.fields"

    def __repr__(self) -> str:
        return "<tea" + ", and so on" * 20 + ">"


def test_words_that_another_package_has_for_an_object_are_not_asserted() -> None:
    (check,) = checks_of("it", _Own(), _surface_of_shop())
    assert (check.left, check.right) == ("it.count", "3")
    told = checks_of("it", [_Own(), _Own()], _surface_of_shop())
    assert not any("fields." in check.right for check in told)


def test_many_words_of_an_object_are_asserted_only_where_nothing_better_is() -> None:
    talking = _Talking()
    (check,) = checks_of("it", talking, _surface_of_shop())
    assert check.left == "it.count"
    del talking.count
    (check,) = checks_of("it", talking, _surface_of_shop())
    assert check.left == "repr(it)"


class Bag(Set[str]):
    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class Drawer(Bag):
    def __init__(self, *names: str) -> None:
        self._names = frozenset(names)

    names = property(lambda self: self._names)
    kept = property(lambda self: sorted(self._names))


class Closed(Drawer):
    names = kept = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def test_what_an_object_holds_is_told_once_and_of_a_set_in_no_order() -> None:
    bag = checks_of("bag", Bag("tea", "milk"), Surface())
    assert [check.left for check in bag] == ["bag.names"]
    drawer = checks_of("drawer", Drawer("tea", "milk"), Surface())
    assert [check.left for check in drawer] == ["drawer.names"]
    told = {check.left: check.right for check in checks_of("it", Closed("tea", "milk"), Surface())}
    assert told["set(it)"] == "{'milk', 'tea'}"
    assert "list(it)" not in told
