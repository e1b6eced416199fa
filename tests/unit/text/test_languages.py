import pytest

from crosstie.text.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The yard signed an agreement with the ministry.", "en"),
        ("维尔马克海事集团签署协议", "zh"),
        ("維爾馬克海事集團簽署協議", "zh"),
        ("造船会社は防衛省と契約を結んだ", "ja"),
        ("조선소는 방위사업청과 계약을 체결했다", "ko"),
        ("Верфь подписала соглашение с министерством", "ru"),
        ("Верф підписала угоду з міністерством оборони", "uk"),
        ("La société a signé un accord avec le ministère", "fr"),
        ("Die Werft hat einen Vertrag mit dem Ministerium unterzeichnet", "de"),
        ("وقعت الشركة اتفاقا مع وزارة الدفاع", "ar"),
        ("", "und"),
        ("12 | 34 — 56", "und"),
        ("Norvik", "und"),
    ],
)
def test_language_is_told_or_left_open(text: str, language: str) -> None:
    assert language_of(text) == language


def test_chinese_with_english_names_stays_chinese() -> None:
    assert language_of("维尔马克海事集团（Vellmark Maritime Group, VMG）与奥丁大学签约") == "zh"


def test_english_with_chinese_names_stays_english() -> None:
    text = (
        "The Odin University (奥丁大学) signed an agreement with Vellmark Maritime (维尔马克海事)."
    )
    assert language_of(text) == "en"
