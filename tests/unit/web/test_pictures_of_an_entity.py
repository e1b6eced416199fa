"""Pictures on an entity's page: marks stand in their year, names fit, sides tell who acts."""

from itertools import pairwise

from crosstie.app.web.drawings.surroundings import cut, draw_surroundings
from crosstie.app.web.drawings.timeline import Moment, draw_timeline
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import EntityId
from crosstie.workspace.portraits import Near


def near(name, *, acts):
    return Near(EntityRef(EntityId("ent-1"), name, "company"), "owns", "ownership", acts, False)


def moment(start, end=None, mechanism="supply"):
    return Moment(start, end, mechanism, "words", "/address")


def test_who_acts_on_it_stands_left_and_on_whom_it_acts_right():
    drawn = draw_surroundings("Beihe Optics", [near("A", acts=True), near("B", acts=False)])
    right, left = (next(b for b in drawn.branches if b.near.other.name == n) for n in "AB")
    assert left.x < drawn.box_left < drawn.box_left + drawn.box_width < right.x
    assert (left.anchor, right.anchor) == ("end", "start")


def test_long_and_chinese_names_are_cut_to_fit():
    assert cut("Short", 33) == "Short"
    assert cut("杭州海康威视数字技术股份有限公司", 10) == "杭州海康…"
    drawn = draw_surroundings("China Aerospace Science and Technology Corporation", [])
    assert len(drawn.title) <= 3
    assert drawn.title[-1].endswith("…")


def test_rows_do_not_touch_however_many_ties():
    drawn = draw_surroundings("X", [near(str(n), acts=True) for n in range(30)])
    heights = sorted(branch.y for branch in drawn.branches)
    assert len(heights) <= 14
    assert all(b - a >= 30 for a, b in pairwise(heights))
    assert heights[0] > 0
    assert heights[-1] < drawn.height


def test_without_a_date_there_is_no_timeline():
    assert draw_timeline([moment(None)], order=["supply"]) is None
    assert draw_timeline([], order=["supply"]) is None


def test_marks_stand_between_their_years():
    drawn = draw_timeline([moment("2015-07"), moment("2019")], order=["supply"])
    places = {year.year: year.x for year in drawn.years}
    assert places[2015] < drawn.marks[0].x < places[2016]
    assert drawn.marks[1].x == places[2019]


def test_marks_of_one_lane_keep_apart():
    drawn = draw_timeline([moment("2015")] * 4, order=["supply"])
    assert len({mark.y for mark in drawn.marks}) == 4
    assert drawn.lanes[0].height >= 4 * 20


def test_a_period_has_a_length_and_an_end_alone_has_none():
    drawn = draw_timeline([moment("2012", "2016"), moment(None, "2015")], order=["supply"])
    widths = sorted(mark.width for mark in drawn.marks)
    assert widths[0] == 0
    assert widths[1] > 0


def test_a_long_span_has_few_years_on_its_axis():
    drawn = draw_timeline([moment("1900"), moment("2026")], order=["supply"])
    assert len(drawn.years) <= 11
