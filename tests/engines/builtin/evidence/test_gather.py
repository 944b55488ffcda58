"""Sources and documents are read once, for everything they show."""

from __future__ import annotations

from itc_tui.engines.builtin.evidence.docstrings import announced_errors
from itc_tui.engines.builtin.evidence.gather import gather, module_of
from tests.engines.builtin.small_targets import MakeTarget


def test_arguments_come_from_calls_in_documents_sources_and_tests(make_target: MakeTarget) -> None:
    target = make_target(
        **{
            "shop/prices.py": '''
                def price(item, count=1):
                    """The price.

                    Raises:
                        KeyError: when nobody sells it
                    """
                    return {"tea": 2}[item] * count
                ''',
            "README.md": "```python\nfrom shop.prices import price\nprice('tea', count=3)\n```\n",
            "tests/test_prices.py": "NAME = 'coffee'\n\ndef test_x():\n    price(NAME)\n",
        }
    )
    shown = gather(target)
    assert set(shown.arguments["price"]["0"]) == {"'tea'", "'coffee'"}
    assert shown.arguments["price"]["count"] == ["3"]
    assert "tea" in shown.words["shop.prices"]
    assert shown.summaries["shop.prices.price"] == "The price."
    assert shown.documented_errors["shop.prices.price"] == {"KeyError"}
    assert shown.exports["price"] == "shop.prices"
    assert len(shown.examples) == 1


def test_arguments_of_one_call_stay_together(make_target: MakeTarget) -> None:
    target = make_target(
        **{
            "shop/machine.py": "class Machine:\n    def __init__(self, states, initial=''): pass\n",
            "README.md": "```python\nfrom shop.machine import Machine\nsteps = ['A', 'B']\n"
            "Machine(steps, initial='A')\nMachine(['new'])\nMachine(*steps, initial=other)\n```\n",
        }
    )
    assert gather(target).arguments["Machine"]["()"] == ["_(['A', 'B'], initial='A')"]


def test_a_marker_says_by_its_spelling_what_it_is_and_a_local_does_not(
    make_target: MakeTarget,
) -> None:
    target = make_target(
        **{
            "shop/line.py": "class Line:\n    def __init__(self, role): pass\n",
            "README.md": "```python\nimport shop\nshop.Line(shop.SELLER)\nshop.Line(BUYER)\n"
            "shop.Line(Role.OPEN)\nshop.Line(role)\nshop.Line(self.role)\n```\n",
        }
    )
    assert gather(target).arguments["Line"]["0"] == ["shop.SELLER", "BUYER", "Role.OPEN"]


def test_what_the_code_says_itself_is_no_word_to_say_to_it(make_target: MakeTarget) -> None:
    source = '''
        __all__ = ["priced"]

        def priced(article):
            """Price it."""
            if article == "tea":
                log.debug("asked for %s", article)
                return f"{article} costs {PRICES['cup']:.2f}" + "; %d left" % 3
            raise KeyError("no price", "{} is unknown".format(article))

        class Price:
            form = "<{self.__class__.__name__} {self.cents}>"
        '''
    target = make_target(**{"shop/prices.py": source})
    assert set(gather(target).words["shop.prices"]) == {"tea", "cup"}


def test_words_that_are_bytes_are_words_too(make_target: MakeTarget) -> None:
    target = make_target(**{"shop/wire.py": "def is_close(line):\n    return line == b'close'\n"})
    assert gather(target).words["shop.wire"] == ["close"]


def test_samples_in_docstrings_are_texts_for_who_reads_any(make_target: MakeTarget) -> None:
    rule = (
        '"""Looks after tea.\n\n.. code-block:: yaml\n\n cups:\n   tea: 2\n\n'
        "This fails::\n\n  tea: {cups: 2}\n\nThis is called::\n\n  look(2)\n"
        '"""\n'
    )
    shown = gather(make_target(**{"shop/rules.py": rule}))
    assert shown.texts == ["cups:\n  tea: 2\n\n", "tea: {cups: 2}\n\n"]


def test_errors_are_announced_in_three_styles() -> None:
    assert announced_errors(":raises ValueError: if bad\n:raises shop.Oops: too") == {
        "ValueError",
        "Oops",
    }
    assert announced_errors("Does.\n\nRaises\n------\nLookupError\n    Not there.\n") == {
        "LookupError"
    }
    assert announced_errors("Raises the roof.") == frozenset()


def test_only_files_of_the_packages_are_modules(make_target: MakeTarget) -> None:
    target = make_target(**{"shop/sub/deep.py": "", "tests/test_x.py": ""})
    target = target.but(packages=("shop",))
    assert module_of(target, "shop/sub/deep.py") == "shop.sub.deep"
    assert module_of(target, "shop/__init__.py") == "shop"
    assert module_of(target, "tests/test_x.py") is None


def test_broken_sources_and_odd_bytes_are_passed_over(make_target: MakeTarget) -> None:
    target = make_target(**{"shop/ok.py": "WORD = 'fine'\n", "shop/broken.py": "def (:\n"})
    assert gather(target).words == {"shop.ok": ["fine"], "shop": []}


def test_what_was_built_is_no_document_but_a_folder_of_documents_may_be_called_so(
    make_target: MakeTarget,
) -> None:
    page = "::\n\n    from shop import price\n    price({})\n"
    target = make_target(
        **{
            "shop/__init__.py": "def price(n): return n\n",
            "build/lib/index.rst": page.format(1),
            "doc/build/index.rst": page.format(2),
        }
    )
    assert [one.origin for one in gather(target).examples] == ["doc/build/index.rst:1"]
