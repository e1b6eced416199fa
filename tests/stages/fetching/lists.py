"""Small lists of invented organisations, in the layouts of the real ones."""

import csv
import io

from crosstie.sources.us_csl_layouts import CSV_COLUMNS

_LISTS = (
    "Entity List (EL) - Bureau of Industry and Security",
    "Unverified List (UVL) - Bureau of Industry and Security",
    "Military End User (MEU) List - Bureau of Industry and Security",
    "Specially Designated Nationals (SDN) - Treasury Department",
    "Sectoral Sanctions Identifications List (SSI) - Treasury Department",
    "Nonproliferation Sanctions (ISN) - State Department",
)
_COUNTRIES = (
    "NO", "DE", "BR", "JP", "TR", "KE", "PE", "FJ", "AR", "AT", "AU", "BE", "CA", "CH", "CL", "CO",
    "CZ", "DK", "EC", "EE", "EG", "ES", "FI", "FR", "GB", "GR", "HU", "ID", "IE", "IN", "IT", "MX",
    "MY", "NL", "NZ", "PL", "PT", "RO", "SE", "TH",
)  # fmt: skip


def csl(rows=40, *, columns=CSV_COLUMNS, word="Works"):
    """Return a whole Consolidated Screening List in the official CSV layout."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for number in range(rows):
        country = _COUNTRIES[number % len(_COUNTRIES)]
        values = dict.fromkeys(CSV_COLUMNS, "")
        values |= {
            "_id": f"id{number}",
            "source": _LISTS[number % len(_LISTS)],
            "entity_number": str(number),
            "type": "Entity",
            "name": f"Vellmark {word} No. {number} Company",
            "addresses": f"{number} Quay Street, Port Selim, {country}",
            "start_date": "2026-03-01",
        }
        writer.writerow([values[c] for c in CSV_COLUMNS])
    return out.getvalue().encode()
