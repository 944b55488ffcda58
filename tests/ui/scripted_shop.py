"""The shop that the scripted session is about: its map of boundaries and its plan."""

from __future__ import annotations

from itc_tui.domain.exploration import (
    CallSite,
    DataFlow,
    Dependencies,
    ExistingTests,
    Exploration,
    ExplorationMetadata,
    Framework,
    IntegrationPoint,
    ModuleStructure,
    RiskArea,
)
from itc_tui.domain.plan import Case, LeftOut, Mocking, MockingStrategy, Plan, Scenario
from itc_tui.domain.words import (
    Level,
    MockingApproach,
    PointKind,
    Priority,
    Provenance,
    ScenarioKind,
)

BOUNDARIES = (
    ("shop.api", "shop.orders", PointKind.API, "place(item: str, count: int) -> Order"),
    ("shop.orders", "shop.payments", PointKind.API, "pay(order: Order) -> Receipt"),
    ("shop.payments", "shop.gateway", PointKind.API, "charge(amount: Decimal) -> Answer"),
    ("shop.gateway", "http", PointKind.HTTP, "POST /v1/charges"),
    ("shop.orders", "shop.inventory", PointKind.API, "reserve(item: str, count: int) -> None"),
    ("shop.orders", "sqlite3", PointKind.DATABASE, "orders(id, item, count, total, state)"),
    ("shop.inventory", "sqlite3", PointKind.DATABASE, "stock(item, count)"),
    ("shop.orders", "shop.events", PointKind.EVENT, "OrderPaid, OrderRefunded"),
    ("shop.events", "shop.mail", PointKind.EVENT, "on OrderPaid: send receipt"),
    ("shop.orders", "shop.cache", PointKind.CACHE, "get(key) / put(key, order, ttl=30)"),
    ("shop.config", "environment", PointKind.ENVIRONMENT, "SHOP_GATEWAY_URL, SHOP_CURRENCY"),
    ("shop.config", "file", PointKind.FILE, "shop.toml"),
    ("shop.cli", "shop.api", PointKind.API, "main(argv) -> int"),
    ("shop.reports", "shop.orders", PointKind.SHARED_STATE, "Orders.all() while writing"),
)

EXPLORATION = Exploration(
    module_structure=ModuleStructure(
        entry_points=("shop.cli:main", "shop.api:app"),
        public_apis=("shop.orders.Orders", "shop.payments.Payments", "shop.gateway.Gateway"),
        internal_modules=("shop.events", "shop.cache", "shop.money", "shop.db"),
    ),
    dependencies=Dependencies(
        upstream=("shop.money", "shop.db"),
        downstream=("shop.cli", "shop.reports"),
        external_services=("http: charges API", "sqlite3"),
    ),
    integration_points=tuple(
        IntegrationPoint(
            from_module=left,
            to_module=right,
            kind=kind,
            contract=contract,
            sites=(
                CallSite(
                    caller=f"{left}.{left.split('.')[1].title()}.run",
                    callee=right,
                    file=f"{left.replace('.', '/')}.py",
                    line=20 + 7 * place,
                ),
            ),
            is_outer="." not in right,
        )
        for place, (left, right, kind, contract) in enumerate(BOUNDARIES)
    ),
    data_flows=(
        DataFlow(
            name="paying an order",
            path=("shop.api", "shop.orders", "shop.payments", "shop.gateway", "http"),
            transforms=("float → Decimal", "Decimal → cents"),
        ),
        DataFlow(name="receipt by mail", path=("shop.orders", "shop.events", "shop.mail")),
    ),
    existing_tests=ExistingTests(
        test_files=("tests/test_money.py", "tests/test_cli.py"),
        patterns=("plain functions", "tmp_path"),
        utilities=("tests/conftest.py: shop_db",),
        mocking_conventions="monkeypatch",
    ),
    test_framework=Framework(runner="pytest 9.2", assertion_lib="assert", mock_lib="monkeypatch"),
    risk_areas=(
        RiskArea(
            area="shop.payments → shop.gateway",
            reason="money changes its shape twice, and the call is retried",
            priority=Level.HIGH,
        ),
        RiskArea(
            area="shop.orders → shop.cache",
            reason="read after write within the TTL; no test touches it",
            priority=Level.HIGH,
        ),
        RiskArea(
            area="shop.orders → shop.events",
            reason="listeners run in the order of registration",
            priority=Level.MEDIUM,
        ),
        RiskArea(area="shop.config → file", reason="two sources of truth", priority=Level.LOW),
    ),
    metadata=ExplorationMetadata(
        files_analyzed=23,
        packages=("shop",),
        chosen_modules=("shop.payments", "shop.orders"),
        chosen_because="支付 means payment; orders by name",
    ),
    assumptions=("The charges API answers within a second: time-out in shop/gateway.py:12",),
)

#: Boundary → scenarios on it, each with its cases.
SCENARIOS: tuple[tuple[int, str, Priority, ScenarioKind, tuple[str, ...]], ...] = (
    (
        0,
        "Placing an order through the API",
        Priority.CRITICAL,
        ScenarioKind.API_CONTRACT,
        ("an order is placed", "an unknown item is refused"),
    ),
    (
        1,
        "Paying for an order",
        Priority.CRITICAL,
        ScenarioKind.API_CONTRACT,
        (
            "a paid order has a receipt",
            "a declined card leaves the order open",
            "paying twice is refused",
        ),
    ),
    (
        2,
        "Charging the gateway",
        Priority.CRITICAL,
        ScenarioKind.API_CONTRACT,
        ("charge in euros", "charge rounds half up", "a retry does not charge twice"),
    ),
    (
        3,
        "The gateway speaks to the charges API",
        Priority.HIGH,
        ScenarioKind.API_CONTRACT,
        ("a 402 becomes Declined", "a time-out becomes Unreachable"),
    ),
    (
        4,
        "Reserving stock",
        Priority.CRITICAL,
        ScenarioKind.SHARED_STATE,
        ("stock falls by the count", "too few in stock is refused"),
    ),
    (
        4,
        "Giving stock back",
        Priority.HIGH,
        ScenarioKind.SHARED_STATE,
        ("a refund restores the stock",),
    ),
    (
        5,
        "Orders are kept",
        Priority.HIGH,
        ScenarioKind.DATA_PIPELINE,
        ("what was written is read back", "states survive a restart", "totals keep their cents"),
    ),
    (
        6,
        "Stock is kept",
        Priority.HIGH,
        ScenarioKind.DATA_PIPELINE,
        ("stock survives a restart", "two writers do not lose a sale"),
    ),
    (
        7,
        "Paying tells the listeners",
        Priority.HIGH,
        ScenarioKind.EVENT_FLOW,
        ("OrderPaid is sent once", "a failing listener does not undo the payment"),
    ),
    (
        8,
        "A receipt goes out",
        Priority.MEDIUM,
        ScenarioKind.EVENT_FLOW,
        ("the mail names the order", "no mail without an address"),
    ),
    (
        9,
        "The cache and the orders agree",
        Priority.CRITICAL,
        ScenarioKind.SHARED_STATE,
        ("a paid order is not stale", "an unknown key is a miss"),
    ),
    (
        9,
        "The cache forgets in time",
        Priority.MEDIUM,
        ScenarioKind.SHARED_STATE,
        ("entries expire after 30 s",),
    ),
    (
        10,
        "Configuration from the environment",
        Priority.MEDIUM,
        ScenarioKind.DATA_PIPELINE,
        ("the URL comes from the environment", "an empty currency falls back"),
    ),
    (
        11,
        "Configuration from a file",
        Priority.MEDIUM,
        ScenarioKind.DATA_PIPELINE,
        ("the file is read", "the environment wins over the file"),
    ),
    (
        12,
        "The command line places orders",
        Priority.HIGH,
        ScenarioKind.API_CONTRACT,
        ("exit code 0 and an order", "exit code 2 for bad input"),
    ),
    (
        13,
        "Reports while orders are written",
        Priority.HIGH,
        ScenarioKind.SHARED_STATE,
        ("a report sees whole orders",),
    ),
    (
        13,
        "Reports add up",
        Priority.MEDIUM,
        ScenarioKind.DATA_PIPELINE,
        ("the sum is the sum of totals", "refunds are taken off"),
    ),
    (
        1,
        "Refunding 退款",
        Priority.CRITICAL,
        ScenarioKind.API_CONTRACT,
        ("a refund gives the money back", "a refund needs a payment"),
    ),
    (
        2,
        "Amounts in other currencies",
        Priority.MEDIUM,
        ScenarioKind.API_CONTRACT,
        ("yen have no cents",),
    ),
    (
        0,
        "Listing orders 列出订单",
        Priority.MEDIUM,
        ScenarioKind.API_CONTRACT,
        ("newest first", "an empty shop lists nothing", "pages hold twenty"),
    ),
)

KINDS = (Provenance.CONTRACT, Provenance.OBSERVED, Provenance.CONTRACT, Provenance.APPROVED)


def scenario(number: int) -> Scenario:
    place, name, priority, kind, cases = SCENARIOS[number]
    left, right, _, contract = BOUNDARIES[place]
    return Scenario(
        id=f"IS-{number + 1:03d}",
        name=name,
        boundary=f"{left} → {right}",
        kind=kind,
        priority=priority,
        test_cases=tuple(
            Case(
                id=f"IS-{number + 1:03d}-{index}",
                name=case,
                input=f"{right.split('.')[-1]}.{contract.split('(')[0].split(' ')[0]}(order)",
                expected="" if (number + index) % 11 == 5 else f"{case}",
                assertion_type="equals",
                provenance=KINDS[(number * 3 + index) % 4],
                evidence=f"docstring {left.replace('.', '/')}.py:{11 * index}",
                criticality=(Level.HIGH, Level.MEDIUM, Level.LOW)[(number + index) % 3],
            )
            for index, case in enumerate(cases, start=1)
        ),
        mocking=Mocking(
            mock_targets=("http",) if place in (2, 3) else (), real_targets=(left, right)
        ),
        setup="an empty database in tmp_path",
        teardown="close the connection",
        success_criteria=f"{contract} holds on both sides",
    )


PLAN = Plan(
    integration_scenarios=tuple(scenario(number) for number in range(len(SCENARIOS))),
    mocking_strategy=MockingStrategy(
        approach=MockingApproach.MINIMAL,
        mock_boundaries=("shop.gateway → http",),
        real_boundaries=("shop.orders → sqlite3",),
        rationale="Only what leaves the machine is replaced.",
    ),
    execution_order=tuple(f"IS-{number + 1:03d}" for number in range(len(SCENARIOS))),
    left_out=(LeftOut(what="shop.mail → smtp", why="no server can be started by the tests"),),
)

REASONS = (
    (
        "Receipt(amount=Decimal('24.00'), state='paid')",
        "Receipt(amount=2400, state='paid')",
        "AssertionError: assert Receipt(amount=Decimal('24.00')...) == Receipt(amount=2400...)",
    ),
    (
        "{'tea': 3, 'cup': 1}",
        "{'tea': 2, 'cup': 1}",
        "AssertionError: assert {'tea': 3, 'cup': 1} == {'tea': 2, 'cup': 1}",
    ),
    (
        "['OrderPaid']",
        "['OrderPaid', 'OrderPaid']",
        "AssertionError: assert ['OrderPaid'] == ['OrderPaid', 'OrderPaid']",
    ),
)
