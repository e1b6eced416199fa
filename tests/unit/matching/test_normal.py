import pytest

from crosstie.matching.names import core_name, is_weak_name, looks_like_organisation, normal_name


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Acme Co., Ltd.", "The ACME Company Limited"),
        ("Acme Co., Ltd.", "Acme Limited Liability Co"),
        ("28th Research Institute", "Twenty-Eighth Research Institute"),
        ("ООО Ромашка", "OOO Romashka"),
        ("國防科技大學", "国防科技大学"),
        ("Xi’an Tech", "Xi'an TECH"),
        ("中国电子科技集团公司第二十八研究所", "中国电子科技集团公司第28研究所"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, two: str) -> None:
    assert normal_name(one) == normal_name(two)


def test_another_legal_form_is_another_key_but_the_same_core() -> None:
    assert normal_name("Acme Ltd") != normal_name("Acme Inc")
    assert core_name("Acme Ltd") == core_name("Acme Inc") == "acme"


def test_names_without_letters_stay_apart() -> None:
    assert normal_name("***") != normal_name("!!!")


@pytest.mark.parametrize(
    "name", ["CETC", "Institute of Technology", "28th Research Institute", "Beijing", "北大", ""]
)
def test_weak_names_identify_nothing(name: str) -> None:
    assert is_weak_name(name)


@pytest.mark.parametrize(
    "name", ["Huawei", "Peking University", "National University of Defense Technology", "云南大学"]
)
def test_full_names_are_not_weak(name: str) -> None:
    assert not is_weak_name(name)


@pytest.mark.parametrize(
    "name", ["KAL TEK LABS", "Piricas Trading Company", "张江药业", "ZAO Avia"]
)
def test_organisations_look_like_organisations(name: str) -> None:
    assert looks_like_organisation(name)


@pytest.mark.parametrize("name", ["Edwin Acety", "Katsuta Keisuke", "张三", "Ali Khan"])
def test_persons_do_not_look_like_organisations(name: str) -> None:
    assert not looks_like_organisation(name)
