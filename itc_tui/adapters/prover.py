from itc_tui.domain.inventory import Proof


class FaultProver:
    def __init__(self, *a, **k):
        pass

    def prove(self, order):
        yield from ()
        return tuple(
            Proof(case_id=c.case_id, enters_both_sides=True)
            for f in order.draft.files
            for c in f.cases
        )
