"""Write the worked examples of docs/explanation/names.md: `python tests/eval/names_page.py`."""

from pathlib import Path

from crosstie.matching import DEFAULT_THRESHOLD, POSSIBLE_THRESHOLD, compare

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "names.md"
START, END = "<!-- examples: begin -->", "<!-- examples: end -->"
EXAMPLES = (
    ("CETC 28th Research Institute", "中国电子科技集团公司第二十八研究所"),
    ("CETC 28th Research Institute", "CETC 29th Research Institute"),
    ("中电科28所", "No. 28 Institute of China Electronics Technology Group Corporation"),
    ("CETC", "CETC 28th Research Institute"),
    ("河北大学", "Hebei University"),
    ("北航", "Beihang University"),
    ("Yun Nan Shi Fan Da Xue", "云南师范大学"),
    ("云师大", "云南师范大学"),
    ("KMUST", "Kunming University of Science and Technology"),
    ("國防科技大學", "National University of Defense Technology"),
    ("Shanxi University", "Shaanxi University"),
    ("Nanjing University", "Nanjing Agricultural University"),
    ("Institute of Technology", "Harbin Institute of Technology"),
    ("OOO Tulsky Mashinostroitelny Zavod", "Tula Machine-Building Plant LLC"),
    ("Acme Tradng Co", "Acme Trading Company Limited"),
)


def examples() -> str:
    """Return the examples as Markdown, each with its score, its verdict and its reasons."""
    lines = []
    for number, (a, b) in enumerate(EXAMPLES, start=1):
        comparison = compare(a, b)
        lines += ["", f"### {number}. {a} / {b}", ""]
        lines += [f"{comparison.score:.2f}, {_verdict(comparison.score)}.", ""]
        lines += [f"- {reason.text}" for reason in comparison.reasons]
    return "\n".join(lines).strip() + "\n"


def _verdict(score: float) -> str:
    if score >= DEFAULT_THRESHOLD:
        return "an alert"
    return "worth showing" if score >= POSSIBLE_THRESHOLD else "no match"


def page() -> str:
    """Return the page with its examples written anew."""
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(START)
    return f"{head}{START}\n\n{examples()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
