"""What reads like a sentence in the sources but is none, or is part of a longer one."""

from __future__ import annotations

#: Files whose strings no person is told, or that a screen says by key.
SILENT: dict[str, str] = {
    "ui/": "its words are in ui/words, and have a test of their own",
    "demo/shop/": "somebody else's repository",
    "domain/log/": "the reflection log has one language, that of its headings",
    "engines/builtin/oracles/promised.py": "docstrings of tests",
    "domain/report.py": "written beside the log, in its language",
    "domain/docstrings.py": "docstrings of tests",
    "domain/commit_messages.py": "what git keeps does not change with who reads it",
    "engines/builtin/writing/": "names and docstrings of tests: content of the person's files",
    "engines/builtin/inside/documented.py": "docstrings of tests",
    "engines/builtin/inside/own_words.py": "words of Python's own errors",
    "engines/builtin/inside/drivers/": "code of tests, and words to try commands with",
    "engines/builtin/sharing.py": "names and docstrings of the person's files",
    "engines/builtin/inside/rehearse.py": "what a value looks like",
    "engines/builtin/inside/literals.py": "code of tests",
    "engines/builtin/inside/simple.py": "values to try",
    "engines/builtin/inside/texts.py": "values to try",
    "engines/builtin/map/annotations.py": "lists of names",
    "engines/builtin/map/glossary.py": "lists of words",
    "engines/builtin/map/meaning.py": "lists of names",
    "engines/builtin/map/outside.py": "lists of names",
}

#: All that screens say without a key: names in a plan, which are its content, and measures.
BY_SCREENS: frozenset[str] = frozenset(
    {
        "copy {} of {}",
        "copy of {}",
        "new case",
        "new scenario",
        "edited by hand",
        "observed, rejected",
        "{} ms",
        "{}:{} min",
        "{}fr {}fr",
        "detail empty",
        "edit outside",
        "FieldInput, CodeField",
        "FieldInput, CodeField, OneOf",
        "Input, OneOf",
        "a spot is a place in a plan",
        "left out",
        "nothing is left out of no plan",
        "there is nothing to lay out without one",
    }
)

#: Forms of strings that no person is told: code, patterns, words of other programs.
NOT_SAID: frozenset[str] = frozenset(
    {
        "# given: {}",
        "Integration of {} with {}{}.",
        "trip {}",
        "{}{}, raising=False)",
        (
            "connection refused|network is unreachable|name or service not known|no space left"
            "|address already in use|could not connect|temporary failure in name resolution"
            "|too many open files|database is locked"
        ),
        "display notification (item 2 of argv) with title (item 1 of argv)",
        "case {}",
        "single {}",
        "from {}{}",
        "{}import {} as {}",
        ", for",
        '"""What a test changes of the state of {} is put back after it."""',
        "and others",
        "{}def {}({}{}{}",
        "{} in {}.err",
        "{} in {}.output",
        "in ({})",
        "made of {}",
        "{}: {} of {}",
        "gh",
        "git",
        "pytest",
        "itc: {}",
        "is {}",
        "{} in {}",
        "[type(item).__name__ for item in {}]",
        "[{}(item) for item in {}]",
        "[item async for item in {}]",
        '[one["Key"] for one in {}]',
        '[letter["subject"] for letter in mail_server]',
        '[letter["text"] for letter in mail_server]',
        "del {}[{}]",
        "git version",
        "gh version",
        "# pytest {}",
        "# python -m pytest '{}'",
        "'no such thing'",
        "(await {})",
        "--grep={}: {}",
        "-r requirements.txt",
        "<frozen runpy>",
        "<{} whose repr raises {}>",
        "Fatal Python error",
        "No module named pytest",
        "The shop as it is",
        "The tea shop",
        "a digit of another script",
        "a lookup",
        "a repetition",
        "a request is handled in a task",
        "as {}",
        "as {}:",
        "dropped call",
        "dropped statement",
        "end run",
        "exec {}",
        "git bisect reset",
        "git cherry-pick --continue` or `--abort",
        "git commit` or `git merge --abort",
        "git rebase --abort` or `git am --abort",
        "git rebase --continue` or `git rebase --abort",
        "git revert --continue` or `git revert --abort",
        "itc: enter {}",
        "itc: taken back",
        "itc_tui.wiring has no {}",
        "manage.py {}",
        "near evidence",
        "spoken of",
        "not (",
        "not in",
        "is not",
        "on run argv",
        "promise {}",
        "python -m {}",
        "raises {} {}",
        "retry without",
        "secret key",
        "shifted value",
        "test_it.py::test_it (call)",
        "number {} of its kind",
        "not the same functions",
        "beside {}",
        "await opened.{}(...)",
        ", for {}",
        "these are not the facts of a module",
        "two words",
        "{} is True",
        "{} → {} in {}",
        "~/Library/Application Support/hatch",
    }
)

#: Form → a sentence that it is a part of, or becomes.
SAID_WITH_PARTS: dict[str, str] = {
    "stays from {} to {}": "Price.share stays from 0 to 1",
    "is never negative": "Price.total is never negative",
    "gives a sorted list": "Price.names gives a sorted list",
    "gives {} items": "Price.parts gives 3 items",
    ":rtype: {}": "return type src/shop/store.py:3: :rtype: list",
    "the box refuses": "the box refuses writing to /etc/passwd",
    "writing to": "the box refuses writing to /etc/passwd",
    "a handle on the folder": "the box refuses a handle on the folder /etc",
    "connecting to": "the box refuses connecting to 10.0.0.1",
    "looking up": "the box refuses looking up example.org",
    "There is no pytest in {}; install it with `{} -m pip install pytest`.": (
        "There is no pytest in /p/python; install it with `/p/python -m pip install pytest`."
    ),
    "pytest did not start: {}.": "pytest did not start: usage error.",
    "pytest itself failed: {}.": "pytest itself failed: KeyError.",
    "({} more)": "state.json: phase: Field required (2 more); correct it, it is left as it is.",
    "{}: {}: {}{}; correct it, it is left as it is.": (
        "state.json: phase: Field required; correct it, it is left as it is."
    ),
    "{} ({} module{})": "shop (1 module)",
    "There is no pytest": "There is no pytest in /p/python: run `/p/python -m pip install pytest`.",
    "No Python package": "No Python package or module was found under /repo.",
    "Not installed, so put on the path for our runs; `{} -m pip install -e .` lets yours import"
    " them too.": (
        "Not installed, so put on the path for our runs; `python -m pip install -e .` lets yours "
        "import them too."
    ),
    "(will be made)": "tests/integration (will be made)",
    "There is no pytest in {}: run `{} pytest`.": "There is no pytest in python: run `pip pytest`.",
    "Not installed in {}: {}. Run `{} {}`.": "Not installed in python: a, b. Run `pip install .`.",
    "The project has no environment of its own, so the one that runs itc is used. Make one:"
    " `python3 -m venv .venv && .venv/bin/python -m pip install pytest {}`.": (
        "The project has no environment of its own, so the one that runs itc is used. Make one: "
        "`python3 -m venv .venv && .venv/bin/python -m pip install pytest -e .`."
    ),
    "pytest {} is too old: run `{} -U pytest`.": "pytest 3.1 is too old: run `pip -U pytest`.",
    "`{}` is imported from an installed copy ({}), not from this tree: run `{} -e .`.": (
        "`shop` is imported from an installed copy (/lib), not from this tree: run `pip -e .`."
    ),
    "The session's branch {} is not where HEAD is; switch to it first (`git switch {}`).": (
        "The session's branch itc/a is not where HEAD is; switch to it first (`git switch itc/a`)."
    ),
    "HEAD is detached: our commits will be on no branch; make one with `git switch -c NAME`, or"
    " choose a branch per session.": (
        "HEAD is detached: our commits will be on no branch; make one with `git switch -c NAME`, "
        "or choose a branch per session."
    ),
    "Git does not know who you are (user.name, user.email): our commits will be by {} <{}>.": (
        "Git does not know who you are (user.name, user.email): our commits will be by itc <i@t>."
    ),
    "Input should be": "Input should be greater than 3",
    "{} or {}": "Input should be 'a', 'b' or 'c'",
    "got a number with a fractional part": (
        "Input should be a valid integer, got a number with a fractional part"
    ),
    "{}, unable to parse string as a number": (
        "Input should be a valid number, unable to parse string as a number"
    ),
    "{}, unable to interpret input": ("Input should be a valid boolean, unable to interpret input"),
    "{} greater than or equal to {}": "Input should be greater than or equal to 3",
    "{} greater than {}": "Input should be greater than 3",
    "{} less than or equal to {}": "Input should be less than or equal to 3",
    "{}, unable to parse string as an integer": (
        "Input should be a valid integer, unable to parse string as an integer"
    ),
    "{}% pass and only cases of low criticality fail": (
        "96.5% pass and only cases of low criticality fail"
    ),
    "shows a product bug": "1 of 2 cases pass and the other 1 shows a product bug",
    "show product bugs": "1 of 3 cases pass and the other 2 show product bugs",
    "{} of {} cases pass and the other {} {}": (
        "33 of 36 cases pass and the other 3 show product bugs"
    ),
    "Its assertions noticed none of {} behind its boundary{}.": (
        "Its assertions noticed none of 4 faults behind its boundary; 1 only crashed the code."
    ),
    "; {} only crashed the code": (
        "Its assertions noticed none of 4 faults behind its boundary; 1 only crashed the code."
    ),
    "the {} of {}": "Store.add and get keep the lines of an Order",
    "{}{} and {} keep {}": "Store.add and get keep the lines of an Order",
    "the person approved": "a case: the person approved 3, but 4 was seen instead of 3",
    "the code promises": "a case: the code promises 3, but 4 was seen instead of 3",
    "{}: {} {}, but {}": "a case: the code promises 3, but 4 was seen instead of 3",
    "docstring of {} at {}:{}": "docstring of Store.add at src/shop/store.py:12",
    "file {} ({}:{})": "file prices.json (src/shop/config.py:3)",
    "variable {} ({}:{})": "variable SHOP_HOME (src/shop/config.py:3)",
    "fixture {} ({}:{})": "fixture store (tests/conftest.py:3)",
    "cannot be parsed: {} {}": "cannot be parsed: SyntaxError invalid syntax",
    "{} {} it ({})": "2 modules call it (7 calls)",
    "; and {} more": "shop: “shop” in its name; and 3 more",
    "There are: {}{}.": "There are: shop.app, shop.store and 3 more.",
    "pytest did not run it to its end{}{}": "pytest did not run it to its end: KeyError",
    "No engine answered; what helped before:": (
        "No engine answered; what helped before: random numbers are seeded"
    ),
    "Because of the environment, {} failed: see `itc doctor`.": (
        "Because of the environment, 2 cases failed: see `itc doctor`."
    ),
    "planned case": "Not written: 1 planned case; reflection-log.md says why.",
    "flaky case": "2 flaky cases: look for clocks, random sources and sets.",
    "; then": "random numbers are seeded; then the clock stands still",
    "broken promise:": "broken promise: Settings from load_settings keeps low_stock an int",
    "; is {} meant?": (
        "“langs” in the environment is no setting, and nothing comes of it; is lang meant?"
    ),
    "“{}” in {} is no setting, and nothing comes of it{}": (
        "“langs” in the environment is no setting, and nothing comes of it."
    ),
    "{}% pass and the failures are {}% alike": "85.5% pass and the failures are 90% alike",
    "(not made yet)": "/home/me/settings.toml (not made yet)",
    "There is no session {}to go on with in {}.": (
        "There is no session for “shop” to go on with in /repo/sessions."
    ),
    "{} “{}”; there are: {}.": "No session matches “shop”; there are: none.",
    "Several sessions match": "Several sessions match “shop”; there are: ITG-a, ITG-b.",
    "No session matches": "No session matches “shop”; there are: none.",
    "`itc serve` needs an extra that is not installed here ({} is missing): pip install"
    " 'itc-tui[serve]'.": (
        "`itc serve` needs an extra that is not installed here (textual_serve is missing): "
        "pip install 'itc-tui[serve]'."
    ),
    "shuffled{}, hash seed {}": "It does not hold when run shuffled, hash seed 3: KeyError",
    "Run `{} -m pip install {}`.": (
        "pytest.ini asks pytest for --cov, which no installed plugin knows, so your own pytest "
        "does not start here; our runs leave it out. Run `python -m pip install pytest-cov`."
    ),
    "{} asks pytest for {}, which no installed plugin knows, so your own pytest does not start"
    " here; our runs leave it out.{}": (
        "pytest.ini asks pytest for --cov, which no installed plugin knows, so your own pytest "
        "does not start here; our runs leave it out."
    ),
    "The edited plan was taken up.{}": (
        "The edited plan was taken up. New cases are written when the tests are extended."
    ),
    "takes longer": "Store.open takes longer than 1.0 s; it is left alone",
    "{} than {} s": "Store.open takes longer than 1.0 s; it is left alone",
    "planned test": "1 of 3 planned tests did not run (tests/test_a.py::test_b: not run).",
    "written test": (
        "What you rejected still stands in 2 written tests: test_a, test_b. Change what is "
        "expected there yourself, or take it out."
    ),
    "positional argument": "takes 1 positional argument, is given 3",
    "test file": "unittest.mock (3); in 2 test files",
    "call site": "Every case holds; 1 call site crossed.",
    "{} -m pip install": "There is no pytest in python: run `python -m pip install pytest`.",
}

#: More of what is made of parts.
EXAMPLES: tuple[str, ...] = (
    *SAID_WITH_PARTS.values(),
    "surgical - the pass rate fell by more than 10 points",
    "3 scenarios, 1 case",
    "settings",
    "console script a → shop.cli.main",
    "window script a → shop.cli.main",
    "script a → shop.cli.main",
    "command line a → shop.cli.main",
    "command a → shop.cli.main",
    "ASGI app a → shop.cli.main",
    "WSGI app a → shop.cli.main",
    "web app a → shop.cli.main",
    "task queue a → shop.cli.main",
    "task a → shop.cli.main",
    "plugin a → shop.cli.main",
    "route a → shop.cli.main",
    "routes a → shop.cli.main",
    "module a → shop.cli.main",
    "ASGI app shop.web.app",
    "WSGI app shop.web.app",
    "web app shop.web.app",
    "task queue shop.web.app",
    "sqlite3 (database)",
    "Store.add and get keep a basket",
    "Store.add and get keep the name of a Shop",
    "Settings from load_settings keeps lines a list",
    "Settings from load_settings keeps lines an int",
    "fixing was skipped",
    "assumed a == b, but 3 was seen instead of 4",
    "takes longer than 1.0 s",
    "The edited plan was taken up.",
    "the gain was not committed but taken back",
    "round trip POST /orders → /orders/1",
    "pytest did not run it to its end",
    "Order.total, Order.pay and 2 more through Store.add",
    "Order.pay refusing with UnknownOrder, BadOrder and 1 more",
    "1 module uses it (0 calls)",
    "round trip src/shop/store.py:137: `get` gives back its equal",
    "field type src/shop/config.py:27: low_stock: int = 5",
    "return type src/shop/config.py:27: -> int",
    "documented exception src/shop/store.py:3: KeyError: if there is none",
    "idempotence src/shop/store.py:3: doing it twice changes nothing",
    "docstring src/shop/store.py:3: a float from 0 to 1",
    "Price.share stays from 0 to 1",
    "Price.total is never negative",
    "Price.names gives a sorted list",
    "Price.parts gives 3 items",
    "doctest src/shop/store.py:3: >>> add(1, 2)",
    "example README.md:3: add(1, 2)",
    "There is no session to go on with in /repo/sessions.",
    "the interpreter ended: exit code 3 while tests/test_a.py was collected",
    "1 of 3 planned tests did not run (tests/test_a.py::test_b: collected, but not run).",
    "Its assertions noticed none of 1 fault behind its boundary.",
    "It does not hold when run shuffled, hash seed 3: KeyError",
    "It does not hold when run shuffled and from another folder, hash seed 2: KeyError",
    "the outcome changes from run to run: it depends on threads",
    "No such option '--foo'. Did you mean '--bar'?",
    "No such option '--foo'. (Did you mean one of: '--bar', '--baz'?)",
    "Missing argument 'SESSION'.",
    "Missing argument '{bash|zsh|fish}'. Choose from:\n\tbash,\n\tzsh,\n\tfish",
)

#: What sessions of earlier versions hold.
SAID_BEFORE: tuple[str, ...] = (
    "{} of {} cases pass and the other 1 shows product bug",
    "{} files were left out; the metadata names them.",
    "{} calls found, {} cases hold in repeated runs",
    "Every case holds; {} call sites cross here.",
    "{} works through {}",
    "{} works through {}: {}",
    "{} for callers of {}",
)

#: Said in a single word, or by another program, so that the sources do not show it.
WORDS: tuple[str, ...] = (
    *("conservative", "aggressive", "surgical", "reflective"),
    *(
        "callers",
        "gained",
        "kept",
        "undone",
        "reverted",
        "refused",
        "none",
        "Stop",
        "No",
        "Done",
        "report",
        "fixing",
    ),
    *("full", "affected", "shuffled", "rerun", "run", "retry without {}", "Field required"),
    *("explore", "design", "develop", "validate", "fix", "searching", "idempotence"),
    *("return type", "shuffled, hash seed {}", "shuffled and from another folder, hash seed {}"),
    *("threads", "network", "writes", "network and writes", "boundaries", "risks", "the network"),
    *("Interpreter", "Plugins", "Packages", "Box", "Agents", "Problem", "Settings", "the setting"),
    *("SUCCESS", "PARTIAL SUCCESS", "NEEDS ATTENTION", "initialize", "iterate", "complete"),
    *("passed", "failed", "error", "skipped", "xfailed", "xpassed", "timed_out", "crashed"),
    *("not_run", "init", "explored", "designed", "developed", "iterating", "completed"),
    *("success", "partial_success", "failure", "damaged", "yes", "no", "defaults", "{}", "{}, {}"),
    *("session", "phase", "result", "iterations", "setting", "value", "from", "command", "keys"),
    *("{}, {}, {}", "{} {}", "{} {} → {}", "api", "event", "shared_state", "database", "http"),
    *("cache", "file", "environment", "process"),
)

#: What click says of itself.
CLICK: tuple[str, ...] = (
    *("Usage:", "Options", "Commands", "Positional arguments", "integer", "integer range"),
    *("float", "float range", "Show this message and exit.", "Show the version and exit."),
    *("No such option {}.", "Option {} requires an argument.", "Option {} does not take a value."),
    *("Got unexpected extra argument ({})", "Got unexpected extra arguments ({})"),
    *("Invalid value for {}: {}", "{} is not one of {}.", "{} is not a valid {}."),
    "{} is not in the range {}.",
)
