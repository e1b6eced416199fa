"""Currencies as prose writes them → ISO 4217 codes, and whether two amounts say the same."""

import re
from functools import cache

# A bare dollar sign is the reader's guess: it is US dollars unless the text says otherwise.
_SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "S$": "SGD",
    "NT$": "TWD", "NZ$": "NZD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY",
    "￥": "CNY", "₹": "INR", "₩": "KRW", "₽": "RUB", "RMB": "CNY", "CNY": "CNY", "USD": "USD",
    "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "HKD": "HKD", "AUD": "AUD", "Rs": "INR", "RM": "MYR",
}  # fmt: skip
_WORDS = {
    "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "dollar": "USD", "dollars": "USD",
    "us dollars": "USD", "u.s. dollars": "USD", "euro": "EUR", "euros": "EUR", "pounds": "GBP",
    "sterling": "GBP", "yen": "JPY", "won": "KRW", "rupees": "INR", "roubles": "RUB",
    "rubles": "RUB", "ringgit": "MYR", "baht": "THB", "rupiah": "IDR", "francs": "CHF",
    "usd": "USD", "eur": "EUR", "cny": "CNY", "australian dollars": "AUD",
    "canadian dollars": "CAD", "hong kong dollars": "HKD", "singapore dollars": "SGD",
    "人民币": "CNY", "元": "CNY", "元人民币": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP",
    "日元": "JPY", "港元": "HKD", "港币": "HKD", "澳元": "AUD", "加元": "CAD", "卢布": "RUB",
    "韩元": "KRW",
}  # fmt: skip
# Rates that a text implies may differ by this factor and still be the same rate on another day.
_RATE_TOLERANCE = 1.6


@cache
def currency_signs() -> str:
    """Return a pattern for the signs that stand before an amount, the longest first."""
    return "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=lambda s: (-len(s), s)))


@cache
def currency_words() -> str:
    """Return a pattern for the words that stand behind an amount, the longest first."""
    return "|".join(re.escape(word) for word in sorted(_WORDS, key=lambda w: (-len(w), w)))


def currency_code(written: str) -> str | None:
    """Return the ISO 4217 code of a sign or word: "US$" → "USD", "yuan" → "CNY"."""
    text = written.strip()
    return _SIGNS.get(text) or _WORDS.get(text.casefold())


def same_rate(first: float, second: float) -> bool:
    """Return whether two implied exchange rates are near enough to be one rate."""
    low, high = sorted((first, second))
    return low > 0 and high / low <= _RATE_TOLERANCE
