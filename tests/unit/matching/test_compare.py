import pytest

from crosstie.matching import DEFAULT_THRESHOLD, POSSIBLE_THRESHOLD, NameIndex, compare


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("CETC 28th Research Institute", "中国电子科技集团公司第二十八研究所"),
        ("中电科28所", "China Electronics Technology Group Corporation 28th Research Institute"),
        ("Yun Nan Shi Fan Da Xue", "云南师范大学"),
        ("Hebei University", "河北大学"),
        ("北航", "Beihang University"),
        ("Peking University", "北京大学"),
        ("KMUST", "Kunming University of Science and Technology"),
        ("云师大", "云南师范大学"),
        ("KHD Humldt Wedag", "KHD Humboldt Wedag"),
        ("OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU BIZNES-STOLITSA", "BIZNES-STOLITSA, OOO"),
        ("Lanzhou University of Technology", "兰州理工大学"),
        ("China North Industry Group", "China North Industries Group Corporation Limited"),
        ("China Aerospace Science & Industry", "中国航天科工集团有限公司"),
        ("Harbin Inst. of Tech.", "Harbin Institute of Technology"),
        ("Univ. Elect. Sci. & Tech. China", "电子科技大学"),
        ("Technology, Harbin Institute of", "Harbin Institute of Technology"),
        ("Beihang University, No. 37 Xueyuan Road, Beijing 100191", "Beihang University"),
        ("Chinese Acaderny of Sciences", "Chinese Academy of Sciences"),
        ("Beijing University of Technology", "University of Technology, Beijing"),
        ("海康威视", "Hikvision"),
        ("North East University", "Northeastern University"),
        ("Beihang Univ.", "Beihang University"),
    ],
)
def test_names_of_one_organisation_match(one: str, two: str) -> None:
    assert compare(one, two).score >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("CETC 28th Research Institute", "CETC 29th Research Institute"),
        ("中国电子科技集团公司第二十八研究所", "中国电子科技集团公司第29研究所"),
        ("Institute of Technology", "Harbin Institute of Technology"),
        ("Nanjing University", "Nanjing Agricultural University"),
        ("Shanghai University", "Shandong University"),
        ("CETC", "CETC 28th Research Institute"),
        ("Huawei", "Haval"),
        ("國立清華大學", "Tsinghua University"),
        ("Northwestern University", "Northeastern University"),
        ("Southern Institute of Optics", "Northern Institute of Optics"),
        ("East Harbour Polytechnic", "West Harbour Polytechnic"),
        ("South East Tech", "South West Tech"),
        ("Texas Tech University", "Kansas Tech University"),
        ("First Institute of Optics", "Second Institute of Optics"),
        ("东北大学", "西北大学"),
        ("西北大学", "Northeastern University"),
        ("华东电子研究所", "华南电子研究所"),
        ("Vostochny Zavod", "Northern Plant"),
        ("Yunmen Univ. of Fine Arts", "Yunmen University"),
        ("Yunmen Medical University", "Yunmen University"),
        ("Yunmen Normal University", "Yunmen University"),
        ("云门师范大学", "云门大学"),
        ("云门医科大学", "Yunmen University"),
        ("Selim", "Selim Institute of Marine Biology"),
        ("28th Research Institute", "CETC 28th Research Institute"),
        ("第二十八研究所", "中国电子科技集团公司第二十八研究所"),
        ("Aurora Group No. 206 Institute", "AGI"),
        ("Yunmen Institute of Metrology", "Yunmen Institute of Meteorology"),
        ("Northwest University", "Northwestern University"),
        ("Yunmen Inst. of Tech.", "Yunmen Institute of Petrochemical Technology"),
        ("CETC", "CETC International"),
        ("China Electronic Technologies Group Co", "China Electronics Technology HIK Group"),
        ("CASC", "China Aerospace Science and Industry Corporation"),
        ("Tsinghua University", "Tsinghua University Press"),
        ("北京大学医学部", "北京大学"),
        ("Lanshan Machinery Factory", "Lanshan Machinery Factory No. 3"),
        ("Bank of Lanshan (Hong Kong)", "Bank of Lanshan (Singapore)"),
        ("Beihang Universty of Nowhere and Everything", "Beihang University"),
    ],
)
def test_names_of_two_organisations_do_not(one: str, two: str) -> None:
    assert compare(one, two).score < DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Northeastern Universty", "Northeastern University"),
        ("Norhteastern University", "Northeastern University"),
        ("North East Polytechnic", "Northeastern Polytechnic"),
        ("东北大学", "Northeastern University"),
    ],
)
def test_a_point_of_the_compass_may_be_misspelt(one: str, two: str) -> None:
    assert compare(one, two).score >= DEFAULT_THRESHOLD


def test_a_word_of_many_names_is_no_spelling_of_another() -> None:
    many = [(f"m{n}", [f"Marlow Works {n}"]) for n in range(50)]
    many += [(f"h{n}", [f"Harlow Works {n}"]) for n in range(50)]
    index = NameIndex.build([*many, ("x", ["Marlow Instruments"])])
    assert index.search("Harlow Instruments")[0].score < DEFAULT_THRESHOLD
    assert index.search("Marlwo Instruments")[0].id == "x"
    assert index.search("Marlwo Instruments")[0].score >= DEFAULT_THRESHOLD


def test_reasons_name_the_parts_in_words() -> None:
    reasons = compare("CETC 28th Research Institute", "中电科28所").reasons
    texts = " / ".join(reason.text for reason in reasons)
    assert "same number 28" in texts and "parent CETC = 中电科" in texts
    compass = compare("Northwestern University", "东北大学").reasons
    assert any(reason.text == "directions differ: northwest and northeast" for reason in compass)
    other = compare("CETC 28th Institute", "CETC 29th Institute").reasons
    assert other[0].code == "other_number" and "28" in other[0].text and "29" in other[0].text


def test_reasons_tell_a_part_from_the_whole_and_one_body_from_another() -> None:
    part = [reason.text for reason in compare("CETC", "CETC International").reasons]
    assert "one name is CETC's own, the other a part's or a branch's" in part
    two = compare("CASC", "China Aerospace Science and Industry Corporation").reasons
    assert any(reason.text == "two different bodies: CASC and CASIC" for reason in two)
    seats = compare("Bank of Lanshan (Hong Kong)", "Bank of Lanshan (Singapore)").reasons
    assert any(reason.code == "other_seat" for reason in seats)


def test_a_missing_number_is_possible_at_most() -> None:
    score = compare("Lanshan Machinery Factory", "Lanshan Machinery Factory No. 3").score
    assert POSSIBLE_THRESHOLD <= score < DEFAULT_THRESHOLD


def test_initials_are_given_as_the_reason() -> None:
    (reason,) = compare("KMUST", "Kunming University of Science and Technology").reasons
    assert reason.code == "initials"


def test_thresholds_stand_in_order() -> None:
    assert 0.0 < POSSIBLE_THRESHOLD < DEFAULT_THRESHOLD < 1.0
