"""Briefings from a workspace: the two documents that define the mission, and made-up ones."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import Party
from crosstie.reporting.briefing.files import briefing_json
from crosstie.reporting.briefing.markdown import briefing_markdown
from crosstie.reporting.briefing.page import briefing_page
from crosstie.store import Store, reading
from crosstie.workspace import Workspace

NOW = "2026-11-24T00:00:00+00:00"
SNAPSHOT = Path(__file__).parent / "briefing_of_the_examples.md"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def opened(path):
    return Workspace.open(path, now=lambda: NOW)


def passages_of(briefing):
    for news in briefing.lists:
        for entry in news.entries:
            yield from entry.passages
    for item in briefing.items:
        yield from item.summary
        for found in item.contradictions:
            yield from (found.here, found.there)
        for check in item.checks:
            yield from check.passages


def assert_verbatim(briefing, path):
    store = Store.open(path, create=False)
    with store.reading() as db:
        for passage in passages_of(briefing):
            document = reading.document(db, passage.citation.document_id)
            assert document.text[passage.start : passage.end] == passage.text
            assert document.sha256 == passage.citation.sha256
    store.close()


@pytest.fixture(scope="module")
def seeds(shared, tmp_path_factory):
    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    with opened(path) as workspace:
        workspace.add(sorted((shared / "corpus" / "seeds").glob("*.txt")))
    return path


@pytest.fixture(scope="module")
def briefed(seeds):
    with opened(seeds) as workspace:
        return workspace.briefings.brief()


def test_seven_articles_become_seven_items_in_their_categories(briefed):
    found = [(item.category, item.citation.title[:24]) for item in briefed.items]
    assert sorted(found) == [
        ("disputes", "Lawsuit against State En"),
        ("disputes", "Pro-Beijing Chinese Grou"),
        ("media_society", "Chinese Couple Fined for"),
        ("media_society", "LTN: World Freedom Repor"),
        ("media_society", "Party’s Mouthpiece Newsp"),
        ("policy", "Coordination and Promoti"),
        ("technology", "At the Nexus of Military"),
    ]
    assert all(len(item.summary) == 2 for item in briefed.items)


def test_every_quote_of_the_seeds_stands_in_its_document(briefed, seeds):
    assert len(list(passages_of(briefed))) > 14
    assert_verbatim(briefed, seeds)


def test_the_two_known_errors_are_flagged_with_their_sentence_and_stand_as_printed(briefed):
    errors = [c for item in briefed.items for c in item.checks if c.level == "error"]
    pair, parts = sorted(errors, key=lambda check: check.code)
    assert "41 billion yuan is printed as 60.6 billion USD" in pair.text
    assert "41 billion yuan (US$60.6 billion)" in pair.passages[0].text
    assert "86 + 59 + 40 make 185, and the whole is printed as 195" in parts.text
    assert "Among all 195 countries" in parts.passages[0].text


def test_a_couple_is_no_headline_and_its_name_is_in_no_quote(briefed):
    (item,) = [i for i in briefed.items if "Couple" in i.citation.title]
    assert item.headline == "Media and society: a report by Central News Agency"
    assert not item.own_headline and item.private_sentences == 2
    assert all("Wang" not in passage.text for passage in passages_of(briefed))


def test_who_alleges_is_told_and_an_undated_article_says_so(briefed):
    (suit,) = [i for i in briefed.items if i.headline.startswith("Lawsuit")]
    assert ("indictment", "Radio Free Asia") in suit.attribution
    (undated,) = [i for i in briefed.items if i.date is None]
    assert undated.dated == "recorded"
    assert {"no_date", "no_publisher", "unreviewed"} <= {c.code for c in undated.checks}


def test_what_was_known_before_the_period_is_not_new(seeds):
    with opened(seeds) as workspace:
        briefing = workspace.briefings.brief(since="2019-02-01", until="2019-02")
    assert (briefing.since, briefing.until, len(briefing.items)) == ("2019-02-01", "2019-02-28", 5)
    names = {ref.name for item in briefing.items for ref in item.new_entities}
    # The article of 2017 named China; nothing had named the port company.
    assert "China Merchants Port" in names and "China" not in names


def test_the_order_of_adding_and_the_number_of_askings_change_nothing(seeds, shared, tmp_path):
    with opened(tmp_path / "other.db") as workspace:
        for path in sorted((shared / "corpus" / "seeds").glob("*.txt"), reverse=True):
            workspace.add([path])
        other = workspace.briefings.brief(since="2017")
    with opened(seeds) as workspace:
        first, second = (workspace.briefings.brief(since="2017") for _ in range(2))
    for form in (briefing_page, briefing_markdown, briefing_json):
        assert form(first) == form(second) == form(other)


@pytest.mark.parametrize(
    ("topic", "understood", "count"),
    [
        ("dispute", "the mechanism “Dispute”", 2),
        ("satellite navigation", "the technology “satellite navigation”", 2),
        ("newspapers", "the words “newspapers”", 1),
        ("words:Hong Kong", "the words “Hong Kong”", 2),
    ],
)
def test_a_topic_is_a_mechanism_a_technology_or_words(seeds, topic, understood, count):
    with opened(seeds) as workspace:
        briefing = workspace.briefings.brief(topic=topic)
    assert (briefing.topic_as, len(briefing.items)) == (understood, count)
    assert briefing.considered == 7


def test_a_briefing_about_an_entity_holds_what_names_it(seeds):
    with opened(seeds) as workspace:
        briefing = workspace.briefings.brief(about="DP World")
    assert [item.headline[:7] for item in briefing.items] == ["Lawsuit"]


def test_an_empty_period_says_so(seeds, cli):
    answer = cli("-q", "-w", seeds, "brief", "--since", "2001", "--until", "2002")
    assert answer.status == 0 and "Nothing came in during this period" in answer.out


def test_the_examples_make_the_briefing_of_the_snapshot(demo):
    with opened(demo) as workspace:
        briefing = workspace.briefings.brief(since="2024")
    assert_verbatim(briefing, demo)
    # A claim's id follows from the version of what read it.
    made = re.sub(r"\b(clm|doc)-[0-9a-f]{20}", r"\1-…", briefing_markdown(briefing))
    if os.environ.get("CROSSTIE_SNAPSHOTS") == "write":
        SNAPSHOT.write_text(made, encoding="utf-8")
    assert made == SNAPSHOT.read_text(encoding="utf-8")
    assert "Lantian Holdings owns 60 per cent of Beihe Optics." in made and "清明定位公司" in made


def test_copies_of_a_story_count_once(tmp_path):
    text = (EXAMPLES / "documents" / "selim-herald.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text + "\n\n", encoding="utf-8")
    with opened(tmp_path / "w.db") as workspace:
        workspace.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        briefing = workspace.briefings.brief()
    assert (briefing.considered, len(briefing.items), briefing.copies) == (6, 3, 3)
    assert all(len(item.also_in) == 1 for item in briefing.items)


def test_a_denial_in_another_document_stands_beside_what_it_denies(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Radars\n\nMarch 4, 2024\n\nHexi Group supplies radars to the Northern Fleet.\n", "utf-8"
    )
    (tmp_path / "b.txt").write_text(
        "An answer\n\nMarch 6, 2024\n\nHexi Group denied that it supplies radars to the Northern"
        " Fleet.\n",
        "utf-8",
    )
    with opened(tmp_path / "w.db") as workspace:
        workspace.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        briefing = workspace.briefings.brief(since="2024-03-05")
    (item,) = briefing.items
    (found,) = item.contradictions
    assert found.kind == "denial" and found.here.statuses == ("denied",)
    assert found.there.text == "Hexi Group supplies radars to the Northern Fleet."
    # The tie was known before; a denial does not unsay it.
    assert [(tie.before, tie.status) for tie in item.ties] == [("asserted", "asserted")]
    page = briefing_page(briefing)
    assert "Denied" in page and "1 contradiction" in page


def test_a_watched_organisation_stands_first_in_its_list(demo_copy):
    with opened(demo_copy) as workspace:
        workspace.watching.add([Party("Beihe Optics")])
        briefing = workspace.briefings.brief(since="2024-02", until="2024-02")
    assert briefing.lists[0].entries[0].name == "Beihe Optics"
    assert briefing.lists[0].entries[0].watched


def test_a_list_tells_what_a_new_edition_added_and_removed(demo_copy, tmp_path):
    lists = EXAMPLES / "lists"
    lines = (lists / "selimia-entity-list-2024-06-01.csv").read_text(encoding="utf-8").splitlines()
    newer = tmp_path / "selimia-entity-list-2025-06-01.csv"
    newer.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with opened(demo_copy) as workspace:
        workspace.load("table", newer, mapping=lists / "selimia-entity-list.yaml", whole=True)
        briefing = workspace.briefings.brief(since="2025", until="2025")
    (news,) = [n for n in briefing.lists if n.before]
    assert (news.added, news.removed, news.edition) == (0, 1, "2025-06-01")
    assert news.entries[0].change == "removed"
    assert_verbatim(briefing, demo_copy)


def test_the_command_writes_every_form(cli, demo, tmp_path):
    names = ["b.html", "b.md", "b.json"]
    outs = [part for name in names for part in ("--out", name)]
    answer = cli("-q", "-w", demo, "brief", "--since", "2024", *outs)
    assert answer.status == 0, answer.err
    assert json.loads((tmp_path / "b.json").read_text("utf-8"))["since"] == "2024-01-01"
    assert "default-src 'none'" in (tmp_path / "b.html").read_text("utf-8")
    assert (tmp_path / "b.md").read_text("utf-8").startswith("# Crosstie briefing")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "soon"), "`soon` is no date"),
        (("--since", "2020", "--until", "2019"), "before it begins"),
        (("--by", "moon"), "use document or recorded"),
        (("--topic", "mechanism:magic"), "no mechanism `magic`"),
        (("--out", "b.pdf"), "is no report format"),
        (("--about", "Nobody Ever Heard Of"), "no entity called"),
    ],
)
def test_a_mistake_gives_one_line_and_the_remedy(cli, demo, arguments, said):
    answer = cli("-q", "-w", demo, "brief", *arguments)
    assert answer.status == 2 and said in answer.err


def test_an_empty_workspace_has_nothing_to_brief_about(tmp_path):
    with (
        opened(tmp_path / "w.db") as workspace,
        pytest.raises(UsageError, match="nothing to brief"),
    ):
        workspace.briefings.brief()


HOSTILE = (
    "<script>alert(1)</script> [Beihe](javascript:alert(2)) ![x](http://evil.example/x.png)",
    "\u202eevitsoh\u202c Beihe Optics supplied lenses to the Northern Fleet.",
    "# Beihe Optics sued Selim Ports in the High Court of Selimia. <img src=x onerror=alert(3)>",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    body = "\n\n".join(HOSTILE)
    (folder / "evil.txt").write_text(
        f"Lawsuit <b>of</b> Beihe Optics\n\nMarch 4, 2024\n\n{body}\n", encoding="utf-8"
    )
    with opened(folder / "w.db") as workspace:
        workspace.add([folder / "evil.txt"])
        return workspace.briefings.brief(), folder / "w.db"


def test_a_hostile_document_is_quoted_as_it_stands_and_can_do_nothing(hostile):
    briefing, path = hostile
    assert_verbatim(briefing, path)
    page, text = briefing_page(briefing), briefing_markdown(briefing)
    for form in (page, text, briefing_json(briefing).decode()):
        assert "\u202e" not in form
    for tag in ("<script", "<img", "<b>of"):
        assert tag not in page and tag not in text
    rendered = MarkdownIt("commonmark", {"html": True}).render(text)
    assert not re.search(r"<(?:a|img|script|b|h1)\b(?!>Crosstie)", rendered)
    assert "http://" not in text
    assert not re.search(r"""href="(?!#)|(?<=<img )src""", page)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Hexi Group supplied radars to the Northern Fleet until 2015.",
            "Selim Ports sued Lantian in the High Court of Selimia.",
            "Lantian denied that it supplies the Northern Fleet.",
            "Mr. Ivo Brandt, 34, watched the ships.",
            "赫溪集团与岚天集团于2015年共同成立清明定位公司。",
            "<i>Nothing</i> happened & nobody came.",
            "The state paid 41 billion yuan (US$60.6 billion) of 195 crowns.",
        ]
    ),
    min_size=1,
    max_size=7,
)


@given(SENTENCES)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_quote_of_any_briefing_stands_in_its_document(tmp_path_factory, sentences):
    folder = tmp_path_factory.mktemp("any")
    (folder / "any.txt").write_text("A title\n\n" + " ".join(sentences), encoding="utf-8")
    with opened(folder / "w.db") as workspace:
        workspace.add([folder / "any.txt"])
        briefing = workspace.briefings.brief()
    assert_verbatim(briefing, folder / "w.db")
    assert all("Brandt" not in passage.text for passage in passages_of(briefing))
