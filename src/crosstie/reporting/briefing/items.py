"""A story → an item of a briefing: category, headline, quotes, news, contradictions, checks."""

from collections import Counter

from crosstie.ontology.briefings import Item
from crosstie.reporting.briefing.categories import Categories, Signs
from crosstie.reporting.briefing.checks import self_checks
from crosstie.reporting.briefing.sentences import chosen
from crosstie.reporting.briefing.story import Story, bears, passage_of


def item_of(story: Story, categories: Categories) -> Item:
    """Return the story as an item. The same story gives the same item."""
    category, because = categories.choose(_signs(story))
    headline, own = _headline(story, category, categories)
    sentences = chosen(
        story,
        words=lambda text: categories.words_in(category, text),
        kinds=categories.ties_of(category),
        is_about_people=categories.is_about_people,
    )
    return Item(
        id=story.article.id,
        category=category,
        because=because,
        headline=headline,
        own_headline=own,
        day=story.day,
        dated=story.dated,
        date=story.date,
        citation=story.citation,
        document=story.document_name,
        summary=tuple(
            passage_of(s.start, s.end, s.text, story.citation, story.claims) for s in sentences
        ),
        attribution=tuple(sorted({c.attribution for c in story.claims if c.attribution})),
        technologies=story.technologies,
        new_entities=story.new_entities,
        ties=story.ties,
        contradictions=story.contradictions,
        checks=self_checks(story),
        claims=len(story.claims),
        reviewed=len(story.reviewed),
        private_sentences=sum(sentence.names_private for sentence in story.sentences),
        also_in=story.also_in,
    )


def _signs(story: Story) -> Signs:
    """Count, for each kind of tie, the sentences that bear one: a list of nine names is one."""
    counted: Counter[str] = Counter()
    for sentence in story.sentences:
        counted.update(
            {
                claim.predicate
                for claim in story.claims
                if claim.object is not None and bears(claim, sentence.start, sentence.end)
            }
        )
    return Signs(
        title=story.article.title,
        text=story.text,
        ties=counted,
        technologies=len(story.technologies),
    )


def _headline(story: Story, category: str, categories: Categories) -> tuple[str, bool]:
    """Return the article's own title; its category and source where that is about a person."""
    title = " ".join(story.article.title.split())
    about_people = story.title_names_private or (
        categories.is_about_people(title) and not story.title_names_organisation
    )
    if title and not about_people:
        return title, True
    label = next(c.label for c in categories.all if c.id == category)
    source = story.citation.publisher or story.document_name
    return f"{label}: a report by {source}", False
