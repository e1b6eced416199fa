"""Invented works and institutions in the form that OpenAlex documents."""

import json

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


def ror(number):
    """Return a well-formed ROR id that no organisation bears."""
    body, rest = "", number
    for _ in range(6):
        body, rest = _BASE32[rest % 32] + body, rest // 32
    return f"0{body}{98 - number * 100 % 97:02d}"


def institution(name, number, *, country="XS", type_="education", with_ror=True, above=()):
    """Return an institution as a work holds it."""
    return {
        "id": f"https://openalex.org/I{number}",
        "display_name": name,
        "ror": f"https://ror.org/{ror(number)}" if with_ror else None,
        "country_code": country,
        "type": type_,
        "lineage": [f"https://openalex.org/I{n}" for n in (number, *above)],
    }


YUNMEN = institution("Yunmen University", 101, country="CN")
HEXI = institution("Hexi Institute of Radar", 102, country="CN", type_="facility")
SELIM = institution("Selim University", 103, country="DE")
OPTICS = institution("Beihe Optics (China)", 104, country="CN", type_="company")
AUTHORS = ("Qiaodan Xufeng", "Wendelin Ozzz-Vrba", "钱朵朵", "Ozzz, Brunhild")


def work(number, *authorships, **values):
    """Return a work; an authorship is the institutions of one author."""
    made = {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/10.5555/Made.{number}",
        "title": f"Antenna arrays for BeiDou receivers, part {number}",
        "display_name": f"Antenna arrays for BeiDou receivers, part {number}",
        "publication_year": 2024,
        "publication_date": "2024-03-09",
        "type": "article",
        "language": "en",
        "primary_topic": {
            "id": "https://openalex.org/T1",
            "display_name": "GNSS positioning and interference",
            "score": 0.99,
            "subfield": {"id": "x", "display_name": "Aerospace Engineering"},
            "field": {"id": "y", "display_name": "Engineering"},
        },
        "is_retracted": False,
        "is_paratext": False,
        "updated_date": "2026-01-02T03:04:05.000000",
        "authorships": [
            {
                "author_position": "middle",
                "author": {
                    "id": f"https://openalex.org/A{place}",
                    "display_name": AUTHORS[place % len(AUTHORS)],
                    "orcid": "https://orcid.org/0000-0000-0000-0000",
                },
                "raw_author_name": AUTHORS[place % len(AUTHORS)],
                "raw_affiliation_strings": [f"{AUTHORS[place % len(AUTHORS)]}, Room 5"],
                "institutions": list(institutions),
            }
            for place, institutions in enumerate(authorships)
        ],
    }
    return {**made, **values}


def page(*works, count=None, cursor=None):
    """Return a page of the API."""
    meta = {"count": len(works) if count is None else count, "per_page": 100}
    return {"meta": {**meta, "next_cursor": cursor}, "results": list(works)}


def lines(path, *records):
    """Write one record a line."""
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    return path


def whole(path, record, **options):
    """Write one record as the whole file."""
    path.write_text(json.dumps(record, **options), "utf-8")
    return path
