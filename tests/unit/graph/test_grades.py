"""Sources are graded by what kind of source they are, never by their country."""

import pytest

from crosstie.graph import Publication, load_grades, source_grades
from crosstie.ontology.errors import DataFileError

GRADES = source_grades()


@pytest.mark.parametrize(
    ("publisher", "host", "kind"),
    [
        ("Bureau of Industry and Security of the United States", "", "government"),
        ("Ministry of Commerce of the People's Republic of China", "", "government"),
        ("商务部", "", "government"),
        ("Xinhua", "", "news_agency"),
        ("Reuters", "", "news_agency"),
        ("新华社", "", "news_agency"),
        ("People's Daily", "", "newspaper"),
        ("人民日报", "", "newspaper"),
        ("The Selim Herald", "", "newspaper"),
        ("The Diplomat", "thediplomat.com", "magazine"),
        ("Wikipedia", "en.wikipedia.org", "encyclopaedia"),
        (None, "someone.wordpress.com", "blog"),
        (None, "mod.gov.cn", "government"),
        ("Yunmen University", "", "academic"),
        ("清华大学", "", "academic"),
        ("Australian Strategic Policy Institute", "", "think_tank"),
        ("Research Organization Registry", "ror.org", "register"),
        ("Hong Kong Stock Exchange", "", "company_filing"),
        ("Lantian", "", "unknown"),
        (None, "", "unknown"),
    ],
)
def test_a_publisher_is_known_by_its_words_and_domain(publisher, host, kind):
    found = GRADES.kind_of(Publication(publisher, "document", host))
    assert found.kind == kind
    assert GRADES.of(Publication(publisher, "document", host)) == found.grade


def test_a_row_of_a_list_is_the_authoritys_act():
    assert str(GRADES.of(Publication("Anybody", "list"))) == "A1"


def test_a_part_of_a_word_is_not_the_word():
    assert GRADES.kind_of(Publication("Timeshare Ltd")).kind == "unknown"
    assert GRADES.kind_of(Publication("足球俱乐部队")).kind == "unknown"


def test_better_grades_weigh_no_less():
    levels = [GRADES.reliability[letter].weight for letter in "ABCDE"]
    assert levels == sorted(levels, reverse=True)
    figures = [GRADES.credibility[figure].weight for figure in (1, 2, 3, 4, 5)]
    assert figures == sorted(figures, reverse=True)


def test_a_users_file_goes_over_the_shipped_one(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(
        'version: "2"\nkinds:\n  - {kind: blog, grade: E4, because: "b"}\n'
        'publishers:\n  - {publisher: "the  diplomat", grade: A2, because: "p"}\n',
        encoding="utf-8",
    )
    ours = load_grades(path)
    assert str(ours.of(Publication("The Diplomat"))) == "A2"
    assert str(ours.of(Publication(None, "document", "x.blogspot.com"))) == "E4"
    assert ours.of(Publication("Reuters")) == GRADES.of(Publication("Reuters"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('publishers:\n  - {publisher: P, grade: G1, because: "b"}\n', "is no grade"),
        ("kinds:\n  - {kind: rumour, grade: E5, because: b}\n", "not known"),
        ("publisher: []\n", "unknown key"),
    ],
)
def test_a_mistake_in_a_users_file_is_named(tmp_path, text, message):
    path = tmp_path / "ours.yaml"
    path.write_text(f'version: "1"\n{text}', encoding="utf-8")
    with pytest.raises(DataFileError, match=message):
        load_grades(path)
