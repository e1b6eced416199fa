"""What the loops compare names by, in words: the features, the families, kinds, flags, verdicts.

They stand apart from the loops so that who only reads weights does not wait for the compiler.
"""

FEATURES = (
    "bias",
    "lesser_coverage",
    "greater_coverage",
    "lesser_coverage_squared",
    "both_have_own_words_unmatched",
    "one_has_own_words_unmatched",
    "own_words_matched",
    "no_own_word_matched",
    "types_differ",
    "places_differ",
    "same_number",
    "number_on_one_side",
    "fuzzy",
    "letters_alike",
    "letters_very_alike",
    "fully_covered",
    "one_own_word",
    "one_own_word_fuzzy",
    "common_words_unmatched",
    "rarest_match",
    "later_reading",
    "first_word_matched",
    "type_on_one_side",
    "place_on_one_side",
    "parent_unmatched",
    "short_form_length",
    "fields_unmatched",
    "known_words_look_alike",
    "school_of_another_field",
    "both_have_other_names",
    "body_within_the_other",
    "fields_differ",
    "words_added_to_same_body",
)
"""The features, in the order of the row."""
FAMILIES = ("same_script", "translated", "pinyin", "short_form")
"""The kinds of comparison: each has weights of its own."""
CORE, PLACE, FIELD, GENERIC, TYPE, PARENT, NUMBER = range(7)
"""Slot kinds, as in views.SLOT_KINDS."""
NEAR, KNOWN, SCHOOL, HALF_SCHOOL = 1, 2, 4, 8
"""Flags of a word: it has near words; it is a word of its own and no slip for another; it is a
school's type; it is one beside another such word, as in 'institute of technology'."""
NO_NUMBERS, SAME_NUMBERS, NUMBERS_ON_ONE_SIDE, NUMBERS_DIFFER, BARE_NUMBER = range(5)
"""How the numbers of two names compare; the last is where they share a number, and of what else
tells them apart nothing."""
