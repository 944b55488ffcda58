"""Who imports whom is what grimp says, measured on this project itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.explore import build_index
from tests.engines.builtin.map.shops import indexed

ROOT = Path(__file__).parents[4]
GRIMP = """
import grimp, json
graph = grimp.build_graph("itc_tui", cache_dir=None)
found = {name: sorted(graph.find_modules_directly_imported_by(name)) for name in graph.modules}
print(json.dumps(found))
"""


def test_the_import_graph_is_that_of_grimp() -> None:
    told = subprocess.run(
        [sys.executable, "-c", GRIMP], cwd=ROOT, capture_output=True, text=True, check=True
    )
    theirs = {name: set(others) for name, others in json.loads(told.stdout).items()}
    index = build_index(Target(root=str(ROOT), packages=("itc_tui",)), None)
    ours = {name: set(others) for name, others in index.imports.items()}
    assert {name: ours[name] for name in theirs if name in ours} == {
        name: others for name, others in theirs.items() if name in ours
    }
    assert len(ours) > 60


def test_imports_of_names_lead_to_the_module_that_holds_them(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "from .store import Store\n",
            "shop/store.py": "class Store: ...\n",
            "shop/orders.py": "import json, shop.store\nfrom shop import Store, store\n",
        },
    )
    assert index.imports == {
        "shop": ("shop.store",),
        "shop.orders": ("shop.store", "shop"),
        "shop.store": (),
    }
