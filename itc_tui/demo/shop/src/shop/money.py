"""Amounts of money: exact, in one currency, with up to four decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from shop.errors import BadAmount, CurrencyMismatch

CENT = Decimal("0.01")
PRECISION = Decimal("0.0001")
LIMIT = Decimal(10) ** 12


@dataclass(frozen=True)
class Money:
    """An amount in a currency.

    A unit price needs more than cents: 5 % off 4.25 is 4.0375. So four decimals
    are kept, and only what a customer pays is `rounded` to cents.

    Raises:
        BadAmount: no finite number below a million million, or no currency of three letters.

    >>> print(Money.of("4.25") + Money.of("0.75"))
    5.00 EUR
    >>> print(Money.of("4.0375"), Money.of("4.0375").rounded())
    4.0375 EUR 4.04 EUR
    """

    amount: Decimal
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if not (len(self.currency) == 3 and self.currency.isalpha()):
            raise BadAmount(f"not a currency: {self.currency!r}")
        if not (self.amount.is_finite() and abs(self.amount) < LIMIT):
            raise BadAmount(f"not an amount of money: {self.amount}")
        amount = self.amount.quantize(PRECISION, ROUND_HALF_UP)
        object.__setattr__(self, "amount", amount)

    @classmethod
    def of(cls, amount: str | int, currency: str = "EUR") -> Money:
        """Money from a number as people write it.

        Raises:
            BadAmount: the text is not a number, or it makes no money.

        >>> Money.of("4.20") == Money.of("4.2")
        True
        """
        try:
            return cls(Decimal(amount), currency)
        except InvalidOperation:
            raise BadAmount(f"not an amount of money: {amount!r}") from None

    @classmethod
    def parse(cls, text: str) -> Money:
        """The inverse of `str`.

        Raises:
            BadAmount: the text is not "AMOUNT CURRENCY".

        >>> Money.parse("4.20 SEK")
        Money(amount=Decimal('4.2000'), currency='SEK')
        """
        amount, _, currency = text.strip().partition(" ")
        return cls.of(amount, currency)

    def __add__(self, other: Money) -> Money:
        """The sum of both.

        Raises:
            CurrencyMismatch: the currencies differ.
        """
        if self.currency != other.currency:
            raise CurrencyMismatch(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def __mul__(self, times: int | Decimal) -> Money:
        return Money(self.amount * times, self.currency)

    def percent(self, percent: Decimal) -> Money:
        """That many hundredths of it.

        >>> print(Money.of("50.00").percent(Decimal("19")))
        9.50 EUR
        """
        return self * (percent / 100)

    def rounded(self) -> Money:
        """What can be paid: whole cents, half a cent upwards."""
        return Money(self.amount.quantize(CENT, ROUND_HALF_UP), self.currency)

    def __str__(self) -> str:
        whole_cents = self.amount.quantize(CENT, ROUND_HALF_UP)
        shown = whole_cents if whole_cents == self.amount else self.amount
        return f"{shown} {self.currency}"
