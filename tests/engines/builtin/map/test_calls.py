"""A call is followed to the other module however it gets there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.builtin.map.shops import crossings, indexed

STORE = """
    class Store:
        def save(self, row): return row
        @classmethod
        def open(cls, path): return cls()
        @property
        def rows(self) -> "Rows": return Rows()
        def __enter__(self): return self
        def __exit__(self, *error): pass
        def __call__(self, row): return row
        def also(self): return self

    class Rows:
        def all(self): return []
        def __iter__(self): return iter([])

    def make() -> Store: return Store()
    def guess(): return Store()
    shared = Store()
"""

SAVE = ("shop.orders.place", "shop.store.Store.save")

MAKE = ("shop.orders.place", "shop.store.make")

#: What the person wrote in `shop/orders.py`, and what it reaches.
WAYS: dict[str, tuple[str, tuple[str, str]]] = {
    "a function": (
        """
        from shop.store import make
        def place(): make()
        """,
        MAKE,
    ),
    "a class that is handed over to be called, by a function within": (
        """
        from shop.store import Store
        def through(kind: "type[object]", name: str):
            def place(row):
                if isinstance(kind, type):
                    return kind().save(row)
            return place
        class Till:
            fast = through(int, "fast")
            slow = through(Store, "slow")
        """,
        ("shop.orders.through.<locals>.place", "shop.store.Store.save"),
    ),
    "a function that is handed over to be called": (
        """
        from typing import Callable
        from shop.store import make
        def place(how: Callable[[], object]): return how()
        def begin(): return place(how=make)
        """,
        MAKE,
    ),
    "a module's attribute": (
        """
        import shop.store
        def place(): shop.store.make()
        """,
        MAKE,
    ),
    "a renamed import": (
        """
        from shop import store as kept
        def place(): kept.make()
        """,
        MAKE,
    ),
    "a relative import": (
        """
        from .store import make
        def place(): make()
        """,
        MAKE,
    ),
    "a star import": (
        """
        from shop.store import *
        def place(): make()
        """,
        MAKE,
    ),
    "an import inside the function": (
        """
        def place():
            from shop.store import make
            make()
        """,
        MAKE,
    ),
    "a re-export": (
        """
        from shop import Store
        def place(): Store().save(1)
        """,
        SAVE,
    ),
    "a constructor": (
        """
        from shop.store import Store
        def place(): Store()
        """,
        ("shop.orders.place", "shop.store.Store"),
    ),
    "a local": (
        """
        from shop.store import Store
        def place():
            s = Store()
            s.save(1)
        """,
        SAVE,
    ),
    "an annotated parameter": (
        """
        from shop.store import Store
        def place(s: Store): s.save(1)
        """,
        SAVE,
    ),
    "a quoted annotation": (
        """
        from shop.store import Store
        def place(s: 'Store'): s.save(1)
        """,
        SAVE,
    ),
    "an optional parameter": (
        """
        from typing import Optional
        from shop.store import Store
        def place(s: Optional[Store] = None): s.save(1)
        """,
        SAVE,
    ),
    "a union": (
        """
        from shop.store import Store
        def place(s: None | Store): s.save(1)
        """,
        SAVE,
    ),
    "an import for type checkers": (
        """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from shop.store import Store
        def place(s: 'Store'): s.save(1)
        """,
        SAVE,
    ),
    "a return annotation": (
        """
        from shop.store import make
        def place(): make().save(1)
        """,
        SAVE,
    ),
    "a return without annotation": (
        """
        from shop.store import guess
        def place(): guess().save(1)
        """,
        SAVE,
    ),
    "an instance of another module": (
        """
        from shop.store import shared
        def place(): shared.save(1)
        """,
        SAVE,
    ),
    "a class method": (
        """
        from shop.store import Store
        def place(): Store.open('x').save(1)
        """,
        SAVE,
    ),
    "a property": (
        """
        from shop.store import Store
        def place(s: Store): s.rows.all()
        """,
        ("shop.orders.place", "shop.store.Rows.all"),
    ),
    "a method that returns self": (
        """
        from shop.store import Store
        def place(): Store().also().save(1)
        """,
        SAVE,
    ),
    "with": (
        """
        from shop.store import Store
        def place():
            with Store() as s: s.save(1)
        """,
        SAVE,
    ),
    "a generator that is a context manager": (
        """
        from contextlib import contextmanager
        from shop.store import Store
        @contextmanager
        def kept():
            yield Store()
        def place():
            with kept() as s: s.save(1)
        """,
        SAVE,
    ),
    "a loop over a list": (
        """
        from shop.store import Store
        def place(many: list[Store]):
            for s in many: s.save(1)
        """,
        SAVE,
    ),
    "a comprehension": (
        """
        from shop.store import Store
        def place(many: list[Store]): [s.save(1) for s in many]
        """,
        SAVE,
    ),
    "a table of classes": (
        """
        from shop.store import Store
        KINDS = {'a': Store}
        def place(k): KINDS[k]().save(1)
        """,
        SAVE,
    ),
    "a table's get": (
        """
        from shop.store import Store
        KINDS: dict[str, Store] = {}
        def place(k): KINDS.get(k).save(1)
        """,
        SAVE,
    ),
    "a property that is only read": (
        """
        from shop.store import Store
        def place(s: Store): return s.rows
        """,
        ("shop.orders.place", "shop.store.Store.rows"),
    ),
    "what with calls by itself": (
        """
        from shop.store import Store
        def place(s: Store):
            with s: pass
        """,
        ("shop.orders.place", "shop.store.Store.__exit__"),
    ),
    "what a loop calls by itself": (
        """
        from shop.store import Rows
        def place(rows: Rows):
            for row in rows: pass
        """,
        ("shop.orders.place", "shop.store.Rows.__iter__"),
    ),
    "an alias of a type": (
        """
        from shop.store import Store
        Stores = dict[str, Store]
        def place(known: Stores): known['a'].save(1)
        """,
        SAVE,
    ),
    "isinstance": (
        """
        from shop.store import Store
        def place(s):
            if isinstance(s, Store): s.save(1)
        """,
        SAVE,
    ),
    "match": (
        """
        from shop.store import Store
        def place(s):
            match s:
                case Store(): s.save(1)
        """,
        SAVE,
    ),
    "a lambda": (
        """
        from shop.store import shared
        place2 = lambda: shared
        def place(): place2().save(1)
        """,
        SAVE,
    ),
    "partial": (
        """
        from functools import partial
        from shop.store import make
        def place():
            f = partial(make)
            f().save(1)
        """,
        SAVE,
    ),
    "an instance that is called": (
        """
        from shop.store import Store
        def place(s: Store): s(1)
        """,
        ("shop.orders.place", "shop.store.Store.__call__"),
    ),
    "await": (
        """
        from shop.store import Store
        async def get() -> Store: return Store()
        async def place(): (await get()).save(1)
        """,
        SAVE,
    ),
    "a tuple": (
        """
        from shop.store import Store
        def two(): return 1, Store()
        def place():
            a, s = two()
            s.save(1)
        """,
        SAVE,
    ),
    "a global made in a function": (
        """
        from shop.store import Store
        it = None
        def start():
            global it
            it = Store()
        def place(): it.save(1)
        """,
        SAVE,
    ),
    "what a caller passes": (
        """
        from shop.store import Store
        def place(s): s.save(1)
        def main(): place(Store())
        """,
        SAVE,
    ),
    "getattr with a written name": (
        """
        from shop.store import Store
        def place(s: Store): getattr(s, 'save')(1)
        """,
        SAVE,
    ),
    "either of two": (
        """
        from shop.store import Store
        def place(s=None): (s or Store()).save(1)
        """,
        SAVE,
    ),
    "a conditional import": (
        """
        try:
            from fast import Store
        except ImportError:
            from shop.store import Store
        def place(): Store().save(1)
        """,
        SAVE,
    ),
    "cast": (
        """
        from typing import cast
        from shop.store import Store
        def place(s): cast(Store, s).save(1)
        """,
        SAVE,
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_call_is_followed_through(way: str, tmp_path: Path) -> None:
    text, expected = WAYS[way]
    files: dict[str, str | bytes] = {
        "shop/__init__.py": "from shop.store import Store\n",
        "shop/store.py": STORE,
        "shop/orders.py": text,
    }
    assert expected in crossings(indexed(tmp_path, files))


METHODS = {
    "an attribute set in __init__": "def __init__(self): self.store = Store()",
    "an attribute from a parameter": "def __init__(self, store: Store): self.store = store",
    "an annotated attribute": "store: Store",
    "an attribute with its annotation": "def __init__(self, s): self.store: Store = s",
    "a class attribute": "store = Store()",
    "an attribute from an untyped parameter": "def __init__(self, store): self.store = store",
}


@pytest.mark.parametrize("way", METHODS)
def test_a_call_is_followed_through_self_and(way: str, tmp_path: Path) -> None:
    text = (
        "from shop.store import Store\nclass Orders:\n"
        f"    {METHODS[way]}\n    def place(self): self.store.save(1)\n"
        "def main(): Orders(Store())\n"
    )
    index = indexed(
        tmp_path, {"shop/__init__.py": "", "shop/store.py": STORE, "shop/orders.py": text}
    )
    assert ("shop.orders.Orders.place", "shop.store.Store.save") in crossings(index)


def test_inherited_methods_are_those_of_the_class_that_defines_them(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/store.py": STORE,
            "shop/files.py": """
                from shop.store import Store
                class Files(Store):
                    def save(self, row): return super().save(row)
            """,
            "shop/orders.py": """
                from shop.files import Files
                def place(): Files().also()
            """,
        },
    )
    assert ("shop.orders.place", "shop.store.Store.also") in crossings(index)
    assert ("shop.files.Files.save", "shop.store.Store.save") in crossings(index)


def test_an_abstract_call_also_reaches_what_fulfils_it(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/ports.py": """
                from abc import ABC, abstractmethod
                from typing import Protocol
                class Store(ABC):
                    @abstractmethod
                    def save(self, row): ...
                class Mail(Protocol):
                    def post(self, to): ...
            """,
            "shop/files.py": """
                from shop.ports import Store
                class Files(Store):
                    def save(self, row): return row
            """,
            "shop/smtp.py": "class Smtp:\n    def post(self, to): return to\n",
            "shop/orders.py": """
                from shop.ports import Mail, Store
                def place(store: Store, mail: Mail):
                    store.save(1)
                    mail.post('me')
            """,
        },
    )
    reached = {one.callee_name for one in index.crossings if one.when == "override"}
    assert reached == {"shop.files.Files.save", "shop.smtp.Smtp.post"}


def test_both_halves_of_a_property_count(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/store.py": "def read(): ...\ndef write(x): ...\n",
            "shop/orders.py": """
                from shop.store import read, write
                class Orders:
                    @property
                    def total(self): return read()
                    @total.setter
                    def total(self, value): write(value)
            """,
        },
    )
    place = "shop.orders.Orders.total"
    assert crossings(index) >= {(place, "shop.store.read"), (place, "shop.store.write")}


def test_a_decorator_of_another_module_is_on_the_way(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/again.py": "def retry(n):\n    def wrap(f): return f\n    return wrap\n",
            "shop/orders.py": "from shop.again import retry\n@retry(3)\ndef place(): ...\n",
        },
    )
    edges = {(one.caller_name, one.callee_name, one.when) for one in index.crossings}
    assert ("shop.orders.place", "shop.again.retry", "decorate") in edges


def test_modules_that_import_each_other_are_no_trouble(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "from shop.a import *\nfrom shop.b import *\n",
            "shop/a.py": "from shop.b import *\nimport shop.b as b\ndef one(): return b.two()\n",
            "shop/b.py": "from shop.a import *\nimport shop.a as a\ndef two(): return a.one()\n",
        },
    )
    assert crossings(index) == {("shop.a.one", "shop.b.two"), ("shop.b.two", "shop.a.one")}


def test_endless_chains_of_calls_end(tmp_path: Path) -> None:
    chain = "".join(f"def f{number}(): return f{number + 1}().a.b\n" for number in range(400))
    ring = "".join(f"x{number} = x{(number + 1) % 50}.y\n" for number in range(50))
    classes = "class C0: ...\n" + "".join(
        f"class C{number}(C{number - 1}):\n    def m{number}(self): return self.m{number - 1}()\n"
        for number in range(1, 200)
    )
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/deep.py": chain + ring + classes,
            "shop/orders.py": "from shop.deep import *\nclass A(A): ...\n"
            "def place(): f0().x().y()\ndef more(): x0.z(); C199().m1(); C199().m199().q()\n",
        },
    )
    assert ("shop.orders.place", "shop.deep.f0") in crossings(index)
    assert ("shop.orders.more", "shop.deep.C1.m1") in crossings(index)


def test_names_that_only_exist_at_run_time_make_no_edges(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "def __getattr__(name): raise AttributeError(name)\n",
            "shop/orders.py": "import shop\ndef place(): shop.anything().save()\n",
        },
    )
    assert crossings(index) == set()


def test_fixtures_tell_what_a_test_calls(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/store.py": STORE,
            "tests/conftest.py": """
                import pytest
                from shop.store import Store
                @pytest.fixture
                def store():
                    yield Store()
            """,
            "tests/test_store.py": "def test_save(store): assert store.save(1)\n",
        },
    )
    called = {(one.caller_name, one.callee_name) for one in index.edges_of_tests}
    assert ("tests.test_store.test_save", "shop.store.Store.save") in called
    assert index.crossings == ()


def test_a_stand_in_of_the_tests_is_not_taken_for_the_real_thing(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/orders.py": "def place(store): store.save(1)\n",
            "tests/test_orders.py": """
                from shop.orders import place
                class FakeStore:
                    def save(self, row): ...
                def test_place(): place(FakeStore())
            """,
        },
    )
    assert index.edges == ()


def test_a_result_handed_to_another_module_is_remembered(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/parse.py": "def parse(text): return [text]\n",
            "shop/store.py": "def save(rows): return len(rows)\n",
            "shop/orders.py": """
                from shop.parse import parse
                from shop.store import save
                def place(text):
                    rows = parse(text)
                    return save(rows)
            """,
        },
    )
    assert [(one.giver, one.taker) for one in index.handovers] == [
        ("shop.parse.parse", "shop.store.save")
    ]
