"""Special methods, and how a call of each is written by whoever uses them."""

from __future__ import annotations

from typing import Dict

OPERATORS: Dict[str, str] = {
    "__eq__": "{0} == {1}",
    "__ne__": "{0} != {1}",
    "__lt__": "{0} < {1}",
    "__le__": "{0} <= {1}",
    "__gt__": "{0} > {1}",
    "__ge__": "{0} >= {1}",
    "__add__": "{0} + {1}",
    "__radd__": "{1} + {0}",
    "__sub__": "{0} - {1}",
    "__rsub__": "{1} - {0}",
    "__mul__": "{0} * {1}",
    "__rmul__": "{1} * {0}",
    "__truediv__": "{0} / {1}",
    "__floordiv__": "{0} // {1}",
    "__mod__": "{0} % {1}",
    "__and__": "{0} & {1}",
    "__or__": "{0} | {1}",
    "__xor__": "{0} ^ {1}",
    "__neg__": "-{0}",
    "__pos__": "+{0}",
    "__abs__": "abs({0})",
    "__invert__": "~{0}",
    "__len__": "len({0})",
    "__bool__": "bool({0})",
    "__int__": "int({0})",
    "__float__": "float({0})",
    "__str__": "str({0})",
    "__repr__": "repr({0})",
    "__bytes__": "bytes({0})",
    "__iter__": "list({0})",
    "__reversed__": "list(reversed({0}))",
    "__getitem__": "{0}[{1}]",
    "__contains__": "{1} in {0}",
    "__setitem__": "{0}[{1}] = {2}",
    "__delitem__": "del {0}[{1}]",
}
