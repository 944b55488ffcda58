"""A small product, a box for it, and tests on it that fail for all sorts of reasons."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.failure_signature import signature_of
from itc_tui.domain.iterations import Judgement, StrategyChoice
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.requests import AnalyseRequest, Fix, FixRequest
from itc_tui.domain.results import Comparison, Failure
from itc_tui.domain.target import Target
from itc_tui.domain.words import Outcome, Provenance, StrategyName
from itc_tui.engines.builtin.analyse import analyse
from itc_tui.engines.builtin.fix import fix
from itc_tui.engines.builtin.judging.retrial import Retried, try_again
from tests.draining import finished
from tests.engines.builtin.small_targets import laboratory_of, make_target, open_box

__all__ = ["laboratory_of", "make_target", "open_box"]

PATH = "tests/integration/test_shop.py"
PRODUCT = {
    "shop/__init__.py": "",
    "shop/cart.py": '''
        import random
        import time

        from shop.prices import price_of, tags_of


        class Cart:
            """What a customer wants to buy."""

            def __init__(self, owner="ann"):
                self.owner = owner
                self.items = []

            def add(self, name, count=1):
                """Put something in.

                Raises:
                    ValueError: if the count is not positive.
                """
                if count < 1:
                    raise ValueError("count must be positive")
                self.items.append((name, count))

            def total(self):
                """The sum of all prices, without rounding.

                >>> Cart().total()
                0
                """
                return sum(price_of(name) * count for name, count in self.items) + 1

            def tags(self):
                return list({tag for name, _ in self.items for tag in tags_of(name)})

            def age(self):
                return int(time.time())

            def lucky(self):
                return random.randint(0, 10**9)


        async def fetch(name):
            return price_of(name)


        def save(cart, path, *, fmt="text"):
            with open(path, "w") as file:
                file.write(f"{fmt}:{len(cart.items)}")
            return fmt
    ''',
    "shop/prices.py": """
        PRICES = {"tea": 3, "milk": 2}


        def price_of(name):
            return PRICES[name]


        def tags_of(name):
            return {"fresh", "cold", "small", "cheap", name}
    """,
}
HEAD = """
import pytest

from shop.cart import Cart, fetch, save
from shop.prices import price_of


@pytest.fixture
def cart():
    made = Cart()
    made.add("tea", 2)
    return made


"""


class Bench:
    def __init__(self, folder: Path) -> None:
        self.person = folder
        for name, text in PRODUCT.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        self.target = Target(root=str(folder), python=sys.executable, packages=("shop",))
        self.box = ScratchBox(self.target)

    def failure_of(self, text: str, name: str) -> Failure:
        """As the runner would report it."""
        node_id = f"{PATH}::{name}"
        (seen,) = try_again(self.box, node_id, {PATH: text}, seeds=(0,))
        error = seen.message if seen.outcome != "absent" else last_error(seen)
        sides = Comparison(op=seen.op, left=seen.left, right=seen.right) if seen.left else None
        return Failure(
            test=node_id,
            file=PATH,
            error=error,
            case_id="IS-001-1",
            outcome=Outcome.FAILED if seen.outcome == "failed" else Outcome.ERROR,
            signature=signature_of(seen.outcome, "call", error, seen.traceback),
            traceback=seen.traceback or seen.message,
            comparison=sides,
        )

    def plan(self, provenance: Provenance, evidence: str = "", expected: str = "") -> Plan:
        case = Case(
            id="IS-001-1",
            name="a case",
            provenance=provenance,
            evidence=evidence,
            expected=expected,
        )
        return Plan(integration_scenarios=(Scenario(id="IS-001", test_cases=(case,)),))

    def judge(
        self,
        body: str,
        provenance: Provenance = Provenance.OBSERVED,
        evidence: str = "",
        head: str = HEAD,
    ) -> Judgement:
        text, name = case_text(body, head)
        request = AnalyseRequest(
            exploration=Exploration(),
            plan=self.plan(provenance, evidence),
            failure=self.failure_of(text, name),
            source=text,
        )
        judgement = finished(analyse(self.target, request, self.box))
        assert isinstance(judgement, Judgement)
        return judgement

    def mend(
        self,
        body: str,
        strategy: StrategyName = StrategyName.CONSERVATIVE,
        provenance: Provenance = Provenance.OBSERVED,
        head: str = HEAD,
        **more: object,
    ) -> tuple[str, Fix]:
        """The text as it stands, and the fix for the first test in it."""
        text, name = case_text(body, head)
        failure = self.failure_of(text, name)
        plan = self.plan(provenance)
        request = AnalyseRequest(exploration=Exploration(), plan=plan, failure=failure, source=text)
        judgement = finished(analyse(self.target, request, self.box))
        assert isinstance(judgement, Judgement)
        fix_request = FixRequest(
            exploration=Exploration(),
            plan=plan,
            strategy=StrategyChoice(name=strategy),
            failures=(failure,),
            judgements=(judgement,),
            sources={PATH: text},
        ).but(**more)
        found = finished(fix(self.target, fix_request, self.box))
        assert isinstance(found, Fix)
        return text, found

    def passes(self, text: str, name: str) -> tuple[Retried, ...]:
        return try_again(self.box, f"{PATH}::{name}", {PATH: text})


def last_error(seen: Retried) -> str:
    lines = [line for line in seen.message.splitlines() if line.startswith("E ")]
    return lines[-1].removeprefix("E").strip() if lines else seen.message


def case_text(body: str, head: str) -> tuple[str, str]:
    text = head.lstrip("\n") + textwrap.dedent(body).strip("\n") + "\n"
    name = text.split("def test_", 1)[1].split("(", 1)[0]
    return text, f"test_{name}"


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("person"))
    yield made
    made.box.close()
