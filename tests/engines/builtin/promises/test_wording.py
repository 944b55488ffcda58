"""A value that a function's docstring rules out in plain words is a broken promise."""

from __future__ import annotations

from tests.engines.builtin.promises.court_room import CourtRoom, noted, red

SOURCE = '''
    class Scale:
        def share(self, *parts: object) -> float:
            """Get share from 0 to 1"""
            return len(parts) / 2

    def rate(text):
        """Rate it.

        DOC
        :return: a score from 0 to 10
        """
        return len(text)
'''
KEPT = "from pack import Scale\nscale = Scale()\na = scale.share('x')"
BROKEN = "from pack import Scale\nscale = Scale()\na = scale.share('x', 'y', 'z')"
RATED = "from pack import rate\na = rate('tea')"
RATED_TOO_HIGH = "from pack import rate\na = rate('a long story')"


def test_a_value_out_of_the_range_is_red(court: CourtRoom) -> None:
    (verdict,) = court.package(SOURCE).saw(KEPT).saw(BROKEN).verdicts("docstring")
    assert verdict["name"] == "Scale.share stays from 0 to 1"
    assert verdict["text"] == "Get share from 0 to 1"
    assert verdict["place"] == "pack/__init__.py:3"
    assert verdict["claims"] == [["0 <= a <= 1", "", []]]
    assert verdict["held"] == "it gives 1.5"
    assert (verdict["is_red"], verdict["taints"]) == (True, ["1"])


def test_words_that_nothing_agrees_with_are_only_noted(court: CourtRoom) -> None:
    verdicts = court.package(SOURCE).saw(BROKEN).verdicts("docstring")
    assert red(verdicts) == []
    assert noted(verdicts) == ["Scale.share stays from 0 to 1"]
    assert verdicts[0]["taints"] == ["0"], "nor is the value frozen"


def test_where_nobody_says_what_may_be_given_nobody_is_accused(court: CourtRoom) -> None:
    verdicts = court.package(SOURCE).saw(RATED).saw(RATED_TOO_HIGH).verdicts("docstring")
    assert (red(verdicts), noted(verdicts)) == ([], ["rate stays from 0 to 10"])


def test_a_type_that_the_docstring_tells_says_it(court: CourtRoom) -> None:
    court.package(SOURCE.replace("DOC", ":param str text: what is rated"))
    verdicts = court.saw(RATED).saw(RATED_TOO_HIGH).verdicts("docstring")
    assert red(verdicts) == ["rate stays from 0 to 10"]


def test_what_a_document_shows_is_meant_to_be_given(court: CourtRoom) -> None:
    court.package(SOURCE).saw(RATED).saw(RATED_TOO_HIGH, shown=True)
    assert red(court.verdicts("docstring")) == ["rate stays from 0 to 10"]


def test_what_is_kept_is_no_news(court: CourtRoom) -> None:
    assert court.package(SOURCE).saw(KEPT).saw(RATED).verdicts("docstring") == []


HEIRS = '''
    class Scale:
        def share(self, *parts: object) -> float:
            """Get share from 0 to 1"""
            return self.weigh(parts) / 2

        def weigh(self, parts):
            return 1

    class Heavy(Scale):
        def weigh(self, parts):
            return len(parts)
'''


def test_what_one_was_asked_is_asked_of_its_kin(court: CourtRoom) -> None:
    court.package(HEIRS).saw("from pack import Scale\ns = Scale()\na = s.share('x', 'y', 'z')")
    court.saw("from pack import Heavy\nh = Heavy()\na = h.share('x')")
    (verdict,) = court.verdicts("docstring")
    assert verdict["is_red"]
    codes = [row[1] for row in verdict["program"]["steps"]]
    assert codes == ["Heavy()", "h.share('x', 'y', 'z')"]
    assert verdict["taints"] == []
