"""Write the worked examples of docs/explanation/names.md: `python tests/eval/names_page.py`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import names_noise

from crosstie.matching import DEFAULT_THRESHOLD, POSSIBLE_THRESHOLD, compare

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "names.md"
START, END = "<!-- examples: begin -->", "<!-- examples: end -->"
NOISE_START, NOISE_END = "<!-- noise: begin -->", "<!-- noise: end -->"
EXAMPLES = (
    ("CETC 28th Research Institute", "中国电子科技集团公司第二十八研究所"),
    ("CETC 28th Research Institute", "CETC 29th Research Institute"),
    ("中电科28所", "No. 28 Institute of China Electronics Technology Group Corporation"),
    ("CETC", "China Electronics Technology HIK Group"),
    ("China North Industry Group", "中国兵器工业集团"),
    ("北航", "Beihang University"),
    ("Yun Nan Shi Fan Da Xue", "云南师范大学"),
    ("云师大", "云南师范大学"),
    ("KMUST", "Kunming University of Science and Technology"),
    ("國防科技大學", "National University of Defense Technology"),
    ("Shanxi University", "Shaanxi University"),
    ("Northwest University", "Northwestern University"),
    ("Univ. Elect. Sci. & Tech. China", "电子科技大学"),
    ("OOO Tulsky Mashinostroitelny Zavod", "Tula Machine-Building Plant LLC"),
    ("Beihang University, No. 37 Xueyuan Road, Beijing 100191", "Beihang Universty"),
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
    """Return the page with its examples and its table of noise written anew."""
    text = _between(PAGE.read_text(encoding="utf-8"), START, END, examples())
    return _between(text, NOISE_START, NOISE_END, names_noise.markdown())


def _between(text: str, start: str, end: str, content: str) -> str:
    head, rest = text.split(start)
    return f"{head}{start}\n\n{content}\n{end}{rest.split(end)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
